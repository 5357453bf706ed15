namespace TorchSharp.Modules;

using static TorchSharp.torch;

/// <summary>The public state of one parameter, of either, as what is shared reads and writes it.</summary>
internal interface IAdamState
{
    ref long Step { get; }

    ref Tensor First { get; }

    ref Tensor Second { get; }

    ref Tensor? Largest { get; }
}

/// <summary>What the states of both do. The names in messages are those of the public fields.</summary>
internal static class AdamState
{
    public static void Initialize(this IAdamState state, Parameter parameter, bool amsgrad)
    {
        state.Free();
        state.Step = 0;
        state.First = Zeros(parameter);
        state.Second = Zeros(parameter);
        state.Largest = amsgrad ? Zeros(parameter) : null;
    }

    public static void Save(this IAdamState state, BinaryWriter writer)
    {
        writer.Write(state.Step);
        state.First.Save(writer);
        state.Second.Save(writer);
        OptimizerState.SaveOptional(writer, state.Largest);
    }

    public static void Load<T>(this T state, BinaryReader reader, Device device) where T : OptimizerState, IAdamState
    {
        state.Step = reader.ReadInt64();
        state.LoadStateTensor(reader, ref state.First, "exp_avg");
        state.LoadStateTensor(reader, ref state.Second, "exp_avg_sq");
        OptimizerState.LoadOptional(reader, ref state.Largest, device);
        state.RequireShape(state.Largest, "max_exp_avg_sq");
    }

    public static void Copy<T>(this T state, T source) where T : OptimizerState, IAdamState
    {
        state.Step = source.Step;
        state.CopyState(ref state.First!, source.First);
        state.CopyState(ref state.Second!, source.Second);
        state.CopyState(ref state.Largest, source.Largest);
    }

    public static bool IsClose(this IAdamState state, IAdamState other)
        => state.Step == other.Step && OptimizerState.Close(state.First, other.First)
        && OptimizerState.Close(state.Second, other.Second) && OptimizerState.Close(state.Largest, other.Largest);

    public static void MoveTo(this IAdamState state, Device device)
    {
        OptimizerState.Move(ref state.First!, device);
        OptimizerState.Move(ref state.Second!, device);
        OptimizerState.Move(ref state.Largest, device);
    }

    public static void Free(this IAdamState state)
    {
        state.First?.Dispose();
        state.Second?.Dispose();
        state.Largest?.Dispose();
    }

    private static Tensor Zeros(Parameter parameter) => zeros_like(parameter).DetachFromDisposeScope();
}
