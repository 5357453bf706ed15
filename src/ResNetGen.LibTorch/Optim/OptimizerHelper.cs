namespace TorchSharp.Modules;

using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

/// <summary>Groups with options, a state a parameter, and TorchSharp's file format for both.</summary>
public abstract class OptimizerHelper : Optimizer
{
    protected OptimizerOptions _defaults = null!;

    /// <summary>States by parameter handle: a parameter that was replaced, as by to(), has none.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = new();

    public OptimizerHelper() : base(IntPtr.Zero) { }

    public override IEnumerable<Parameter> parameters() => base.parameters();

    public override void add_param_group(ParamGroup param_group) => base.add_param_group(param_group);

    public override void zero_grad() => base.zero_grad();

    public void to(Device device)
    {
        foreach (var state in state_dict().State)
            state.to(device);
    }

    /// <summary>Runs the closure with gradients on, then the body for every group with gradients off.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var _ = enable_grad();
            loss = loss_closure();
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
            body((T)group);
        return loss;
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var indices = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(StateOf(parameter));
            }
            dictionary.StateIndexRef.Add(indices);
        }
        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        RequireSameSizes(own, state_dict.Options.Count, state_dict.State.Count);
        for (int i = 0; i < own.Options.Count; i++)
        {
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i]))
                own.Options[i].LoadStateDict(state_dict.Options[i]);
        }
        for (int i = 0; i < own.State.Count; i++)
        {
            if (!ReferenceEquals(own.State[i], state_dict.State[i]))
                own.State[i].LoadStateDict(state_dict.State[i]);
        }
    }

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var dictionary = state_dict();
        writer.Write(GetType().Name);
        Leb128.Write(writer, dictionary.Options.Count);
        Leb128.Write(writer, dictionary.State.Count);
        foreach (var options in dictionary.Options)
            options.SaveStateDict(writer);
        foreach (var state in dictionary.State)
            state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        string type = reader.ReadString();
        if (type != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{type}' in the loaded stream.");

        var own = state_dict();
        RequireSameSizes(own, Leb128.Read(reader), Leb128.Read(reader));
        foreach (var options in own.Options)
            options.LoadStateDict(reader);
        foreach (var state in own.State)
            state.LoadStateDict(reader);
    }

    /// <summary>The state of a parameter of ours, or why there is none.</summary>
    private protected OptimizerState StateOf(Parameter parameter)
        => _state.TryGetValue(parameter.Handle, out var state)
            ? state
            : throw new InvalidOperationException("A parameter of this optimizer was replaced after the optimizer was made (as by to() or cuda()). Make the optimizer after moving the module.");

    /// <summary>Fills a group's missing options, takes its parameters as they are now, and gives each a state.</summary>
    private protected void Adopt(ParamGroup group, OptimizerOptions options, Func<Parameter, OptimizerState> makeState)
    {
        var parameters = group.Parameters.ToArray();
        group.Parameters = parameters; // the enumerable may walk the module tree each time
        group.Options = options;
        options.LearningRate ??= _defaults.LearningRate;
        options.InitialLearningRate = options.LearningRate!.Value;

        _parameter_groups.Add(group);
        foreach (var parameter in parameters)
        {
            var state = makeState(parameter);
            state.Initialize(options);
            _state[parameter.Handle] = state;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _state.values())
                (state as IDisposable)?.Dispose();
            _state.Clear();
        }
        base.Dispose(disposing);
    }

    private static void RequireSameSizes(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != own.State.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
