namespace TorchSharp.Modules;

using System.Runtime.CompilerServices;
using static TorchSharp.torch;

/// <summary>A chain of modules of any type, whose forward a derived class writes.</summary>
public abstract class Sequential<T, TResult> : nn.Module<T, TResult>
{
    private readonly List<(string Name, nn.Module Module)> _chain = [];

    protected Sequential(params (string name, nn.Module submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            Add(name, module);
    }

    protected Sequential(params nn.Module[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules)
            Add(module);
    }

    public int Count => _chain.Count;

    [IndexerName("SequentialItems")]
    public nn.Module this[int index] => _chain[index].Module;

    [IndexerName("SequentialItems")]
    public Sequential<T, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T, TResult> append(string name, nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T, TResult> append(nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(nn.Module module) => Add(Sequential.NextName(Count), module);

    protected internal void Add(string name, nn.Module sm)
    {
        ArgumentNullException.ThrowIfNull(sm);
        _chain.Add((name, sm));
    }

    /// <summary>Only a derived class knows how to make another of itself.</summary>
    protected virtual Sequential<T, TResult> Slice(int start, int end)
        => throw new NotSupportedException($"{GetType().Name} does not override Slice(start, end), so it has no slices.");

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse)
            yield break;
        var seen = new HashSet<IntPtr>();
        foreach (var (prefix, module) in _chain)
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
        foreach (var (prefix, module) in _chain)
        {
            foreach (var (name, buffer) in module.named_buffers(true, include_persistent))
            {
                if (FirstSight(seen, buffer))
                    yield return ($"{prefix}.{name}", buffer);
            }
        }
    }

    public override IEnumerable<(string name, nn.Module module)> named_children() => _chain;

    public override IEnumerable<(string name, nn.Module module)> named_modules()
        => _chain.Concat(_chain.SelectMany(
            child => child.Module.named_modules().Select(below => ($"{child.Name}.{below.name}", below.module))));

    public override nn.Module apply(Action<nn.Module> fn)
    {
        foreach (var (_, module) in _chain)
            module.apply(fn);
        fn(this);
        return this;
    }

    public override void train(bool on = true) => base.train(on);

    public override void eval() => base.eval();

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in _chain)
            module._to(dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in _chain)
            module._to(device, dtype, non_blocking);
        return this;
    }

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        foreach (var (_, module) in _chain)
            module._to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, module) in _chain)
                module.Dispose();
        }
        base.Dispose(disposing);
    }
}
