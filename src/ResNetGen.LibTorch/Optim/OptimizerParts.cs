namespace TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.optim;

/// <summary>The settings of a parameter group.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
    }
}

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(Device device) { }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor) => SaveOptional(writer, tensor);

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
        => LoadOptional(reader, ref result, device);

    internal static void SaveOptional(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    internal static void LoadOptional(BinaryReader reader, ref Tensor? result, Device device)
    {
        result?.Dispose();
        result = reader.ReadBoolean() ? LoadStateTensor(reader, device) : null;
    }

    /// <summary>A tensor of the file, on the parameter's device and out of any dispose scope.</summary>
    private static Tensor LoadStateTensor(BinaryReader reader, Device device)
        => TensorExtensionMethods.Load(reader).to(device, disposeAfter: true).DetachFromDisposeScope();

    /// <summary>A required tensor of the file, in place of the one there was; it must have the parameter's shape.</summary>
    internal void LoadStateTensor(BinaryReader reader, ref Tensor result, string name)
    {
        var loaded = LoadStateTensor(reader, _parameter.device);
        RequireShape(loaded, name);
        result?.Dispose();
        result = loaded;
    }

    internal void RequireShape(Tensor? loaded, string name)
    {
        if (loaded is not null && !loaded.shape.AsSpan().SequenceEqual(_parameter.shape))
            throw new ArgumentException($"Invalid optimizer state -- {name} has shape [{string.Join(", ", loaded.shape)}], its parameter [{string.Join(", ", _parameter.shape)}].");
    }

    /// <summary>A copy on the parameter's device; the one there was is disposed.</summary>
    internal void CopyState(ref Tensor? result, Tensor? source)
    {
        if (ReferenceEquals(result, source) && result is not null)
            return;
        result?.Dispose();
        result = source?.to(_parameter.device, copy: true).DetachFromDisposeScope();
    }

    internal static void Move(ref Tensor? tensor, Device device)
        => tensor = tensor?.to(device, disposeAfter: true).DetachFromDisposeScope();

    internal static bool Close(Tensor? left, Tensor? right)
        => left is null || (right is not null && left.allclose(right));
}

/// <summary>Parameters that share settings.</summary>
public class ParamGroup : ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = null!;

    public OptimizerOptions Options { get; set; } = null!;

    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup() { }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null) => (Parameters, base.Options) = (parameters, options!);

    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
