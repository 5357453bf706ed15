using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;
using ResNetGen.Native;
using TorchSharp;
using TorchSharp.Modules;
using Conv2d = TorchSharp.Modules.Conv2d;
using Linear = TorchSharp.Modules.Linear;
using static TorchSharp.torch;

namespace ResNetGen.RandomNetworks.Tests.Checks;

/// <summary>Runs a network and holds what it does, layer by layer, against what its architecture says it would do.</summary>
internal sealed class Run(nn.Module<Tensor, Tensor> network, NetworkArchitecture architecture)
{
    // Two images, so that batch normalisation has something to normalise on maps of one pixel.
    private const int Batch = 2;

    private readonly List<string> _faults = [];

    /// <summary>Everything that is not as the architecture says; empty where all is well.</summary>
    /// <param name="isPlanned">Whether inference plans are held against the forward pass, too.</param>
    public IReadOnlyList<string> Faults(bool isPlanned)
    {
        State();
        Layers();
        Features();
        Training();
        if (isPlanned)
            _faults.AddRange(Plans.Faults(network, architecture));
        return _faults;
    }

    private void State()
    {
        Same("state_dict",
            string.Join("\n", architecture.StateDict.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Shape)}]").Order(StringComparer.Ordinal)),
            string.Join("\n", network.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal)));
        Same("parameters", architecture.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));
    }

    private void Layers()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        network.eval();
        var statically = architecture.Root.Leaves(architecture.Input, "")
            .GroupBy(leaf => leaf.Path).ToDictionary(group => group.Key, group => group.First());
        long multiplyAdds = 0;
        int met = 0;
        List<Action> removals = [];
        foreach ((string path, nn.Module module) in network.named_modules())
        {
            if (module is not nn.Module<Tensor, Tensor> each || Leaf(statically, path) is not { } leaf)
                continue;

            var hook = each.register_forward_hook((_, input, output) =>
            {
                met++;
                long found = Counted(each, output);
                multiplyAdds += found;
                Same($"{path} takes", Text(leaf.Input), Text(input.shape));
                Same($"{path} gives", Text(leaf.Layer.Output(leaf.Input)), Text(output.shape));
                Same($"{path} multiply-adds", leaf.Layer.Measure(leaf.Input).MultiplyAdds, found);
                return output;
            });
            removals.Add(hook.remove);
        }

        Tensor result = network.call(zeros(Batch, architecture.Input.Channels, architecture.Input.Height, architecture.Input.Width));
        Same("output", Text(architecture.Output), Text(result.shape));
        Same("multiply-adds", architecture.MultiplyAdds, multiplyAdds);
        // Every layer with weights has run once: none was forgotten, none ran twice.
        Same("layers run", removals.Count, met);
        Same("layers with weights", architecture.Cost.Convolutions + architecture.Cost.BatchNorms > 0, met > 0);
        foreach (Action remove in removals)
            remove();
    }

    // Nothing that runs may write over what is somebody else's: the input, a feature map, what the next call needs.
    private void Features()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        Tensor input = rand(Batch, architecture.Input.Channels, architecture.Input.Height, architecture.Input.Width);
        Tensor copy = input.clone(), first = network.call(input);
        if (network.GetType().GetMethod("ForwardFeatures") is { } method)
        {
            Dictionary<string, Tensor> seen = [];
            Action[] removals = [.. architecture.Taps.Select(tap => Watch(tap, seen))];
            object maps = method.Invoke(network, [input])!;
            foreach (Tap tap in architecture.Taps)
            {
                var map = (Tensor)maps.GetType().GetProperty(Property(tap))!.GetValue(maps)!;
                Same($"map {tap.Name}", Text(tap.Output), Text(map.shape));
                // What the layer gave when it ran, before anybody else could write on it.
                if (seen.TryGetValue(tap.Name, out Tensor? given))
                    Same($"map {tap.Name} is its layer's output", true, map.Equals(given));
            }

            foreach (Action remove in removals)
                remove();
            Same("maps whose layers were watched", true, seen.Count > 0);

            ((IDisposable)maps).Dispose();
        }

        Same("maps are there to be asked for", architecture.Taps.Count > 0, network.GetType().GetMethod("ForwardFeatures") is not null);
        Same("input is left alone", true, input.Equals(copy));
        Same("second call agrees", true, network.call(input).Equals(first));
    }

    // A list of blocks is no layer that runs; its last block is. A join takes several tensors, and is not watched.
    private Action Watch(Tap tap, Dictionary<string, Tensor> seen)
    {
        Dictionary<string, nn.Module> modules = network.named_modules().ToDictionary(each => each.name, each => each.module);
        string path = modules.Keys.Contains($"{tap.Name}.0") && modules[tap.Name] is not nn.Module<Tensor, Tensor>
            ? $"{tap.Name}.{modules.Keys.Count(key => key.StartsWith(tap.Name + ".", StringComparison.Ordinal) && int.TryParse(key[(tap.Name.Length + 1)..], out _)) - 1}"
            : tap.Name;
        if (modules[path] is not nn.Module<Tensor, Tensor> layer)
        {
            seen[$"({tap.Name})"] = zeros(0);
            return () => { };
        }

        var hook = layer.register_forward_hook((_, _, output) =>
        {
            seen[tap.Name] = output.clone();
            return output;
        });
        return hook.remove;
    }

    private static string Property(Tap tap) =>
        string.Concat(tap.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private void Training()
    {
        network.train();
        Tensor input = rand(Batch, architecture.Input.Channels, architecture.Input.Height, architecture.Input.Width);
        Tensor output;
        if (MemoryMeter.IsAvailable)
        {
            using MemoryMeter meter = MemoryMeter.Start();
            output = network.call(input);
            // An output that the last ReLU keeps is part of the sum; another one, such as that of a block that runs again, is the caller's alone.
            bool kept = new SavedTally { Recompute = architecture.Recompute }.Run(architecture.Root, new Signal(architecture.Input) { Shared = true }).Held;
            long own = kept ? 0 : output.numel() * output.element_size();
            // The images were made before; the model counts them where the first layer keeps them.
            long held = meter.HeldBytes - own + (input.numel() * input.element_size());
            long expected = architecture.Follow(TrainingPrecision.Float32, meansKeepMaps: Means.KeepMaps).Sum.Of(Batch);
            if (Math.Abs(held - expected) > 0.01 * held)
                _faults.Add($"held for the backward pass: the model says {expected} bytes, autograd holds {held}");
        }
        else
        {
            output = network.call(input);
        }

        using (Tensor loss = output.square().mean())
            loss.backward();

        foreach ((string path, Parameter parameter) in network.named_parameters())
        {
            using Tensor? gradient = parameter.grad;
            if (gradient is null || !gradient.isfinite().all().item<bool>())
                _faults.Add($"{path} has {(gradient is null ? "no gradient" : "a gradient that is not finite")}");
        }

        output.Dispose();
        input.Dispose();
    }

    /// <summary>Multiply-adds of a layer, counted from its tensors as they are while it runs.</summary>
    private static long Counted(nn.Module<Tensor, Tensor> module, Tensor output) => module switch
    {
        Conv2d convolution => convolution.weight.numel() * output.size(2) * output.size(3),
        Linear linear => linear.weight.numel(),
        // Both of its layers work on maps of one pixel.
        Modules.SqueezeExcitation squeeze => squeeze.parameters().Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel()),
        _ => 0,
    };

    // Of a run of equal blocks the architecture lists the first.
    private static PlacedLeaf? Leaf(Dictionary<string, PlacedLeaf> leaves, string path)
    {
        if (leaves.TryGetValue(path, out PlacedLeaf leaf))
            return leaf;

        string[] segments = path.Split('.');
        return Alike(segments, 0).Where(leaves.ContainsKey).Select(each => (PlacedLeaf?)leaves[each]).FirstOrDefault();
    }

    private static IEnumerable<string> Alike(string[] segments, int at)
    {
        if (at == segments.Length)
            return [string.Join('.', segments)];
        if (!int.TryParse(segments[at], out int index))
            return Alike(segments, at + 1);

        return Enumerable.Range(0, index + 1).Reverse().SelectMany(lower =>
            Alike([.. segments[..at], $"{lower}", .. segments[(at + 1)..]], at + 1));
    }

    private static string Text(Shape shape) => shape.IsVector ? $"[{shape.Channels}]" : $"[{shape.Channels}, {shape.Height}, {shape.Width}]";

    private static string Text(long[] batch) => $"[{string.Join(", ", batch.Skip(1))}]";

    private void Same<T>(string what, T expected, T found)
    {
        if (!Equals(expected, found))
            _faults.Add($"{what}: the architecture says {expected}, the run {found}");
    }
}
