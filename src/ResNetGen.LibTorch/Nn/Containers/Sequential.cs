namespace TorchSharp.Modules;

using System.Runtime.CompilerServices;
using static TorchSharp.torch;

/// <summary>Modules one after another; every intermediate result is disposed as soon as the next module has read it.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    // Children live here and not in the registry: the same module may stand in the chain twice.
    private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _chain = [];

    internal Sequential() : base(nameof(Sequential)) { }

    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => _chain.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _chain[index].Module;

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(NextName(Count), module);

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _chain.Add((name, module));
        return this;
    }

    public override Tensor forward(Tensor tensor)
    {
        if (_chain.Count == 0)
            return tensor.alias();

        var current = _chain[0].Module.call(tensor);
        for (int i = 1; i < _chain.Count; i++)
        {
            Tensor next;
            try
            {
                next = _chain[i].Module.call(current);
            }
            finally
            {
                current.Dispose();
            }
            current = next;
        }
        return current;
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse)
            yield break;
        var seen = new HashSet<IntPtr>();
        foreach (var (prefix, module) in named_children())
        {
            foreach (var (name, parameter) in module.named_parameters(true))
            {
                if (FirstSight(seen, parameter))
                    yield return ($"{prefix}.{name}", parameter);
            }
        }
    }

    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true)
    {
        if (!recurse)
            yield break;
        var seen = new HashSet<IntPtr>();
        foreach (var (prefix, module) in named_children())
        {
            foreach (var (name, buffer) in module.named_buffers(true, include_persistent))
            {
                if (FirstSight(seen, buffer))
                    yield return ($"{prefix}.{name}", buffer);
            }
        }
    }

    public override IEnumerable<(string name, nn.Module module)> named_children()
        => _chain.Select(entry => (entry.Name, (nn.Module)entry.Module));

    public override IEnumerable<(string name, nn.Module module)> named_modules()
        => named_children().Concat(named_children().SelectMany(
            child => child.module.named_modules().Select(below => ($"{child.name}.{below.name}", below.module))));

    public override nn.Module apply(Action<nn.Module> fn)
    {
        foreach (var (_, module) in named_children())
            module.apply(fn);
        fn(this);
        return this;
    }

    public override void train(bool on = true) => base.train(on);

    public override void eval() => base.eval();

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in named_children())
            module._to(dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in named_children())
            module._to(device, dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        foreach (var (_, module) in named_children())
            module._to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, module) in named_children())
                module.Dispose();
        }
        base.Dispose(disposing);
    }

    internal static string NextName(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A chain of the same module objects, under the names they have here.</summary>
    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count)
            throw new IndexOutOfRangeException($"{start} is not a valid index.");
        if (end < 0 || end > Count)
            throw new IndexOutOfRangeException($"{end} is not a valid index.");

        var slice = new Sequential();
        for (int i = start; i < end; i++)
            slice.append(_chain[i].Name, _chain[i].Module);
        return slice;
    }
}
