namespace TorchSharp.Modules;

using static TorchSharp.torch;

/// <summary>The settings of Adam and AdamW, as one value.</summary>
internal readonly record struct AdamSettings(double Lr, double Beta1, double Beta2, double Eps, double WeightDecay, bool Amsgrad, bool Maximize)
{
    public AdamSettings Validated()
    {
        if (Lr < 0)
            throw new ArgumentException($"Invalid learning rate: {Lr}");
        if (Eps < 0)
            throw new ArgumentException($"Invalid ε: {Eps}");
        if (Beta1 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta1: {Beta1}");
        if (Beta2 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta2: {Beta2}");
        if (WeightDecay < 0)
            throw new ArgumentException($"Invalid weight_decay value: {WeightDecay}");
        return this;
    }

    // In the order of the file.
    public void Save(BinaryWriter writer)
    {
        writer.Write(Beta1);
        writer.Write(Beta2);
        writer.Write(Eps);
        writer.Write(WeightDecay);
        writer.Write(Amsgrad);
        writer.Write(Maximize);
    }

    public static AdamSettings Load(BinaryReader reader)
    {
        double beta1 = reader.ReadDouble(), beta2 = reader.ReadDouble(), eps = reader.ReadDouble(), decay = reader.ReadDouble();
        return new(0, beta1, beta2, eps, decay, reader.ReadBoolean(), reader.ReadBoolean());
    }
}

/// <summary>The public state of one parameter, as the shared step reads and writes it.</summary>
internal interface IAdamState
{
    ref long Step { get; }

    Tensor First { get; }

    Tensor Second { get; }

    Tensor? Largest { get; }
}

/// <summary>The step of both: they differ in where weight decay goes.</summary>
internal static class AdamStep
{
    public static void Run(Parameter[] parameters, IAdamState[] states, in AdamSettings settings, bool decoupled)
    {
        int count = parameters.Length;
        var handles = new IntPtr[4 * count]; // parameters, first, second, largest
        var steps = new long[count];
        for (int i = 0; i < count; i++)
        {
            handles[i] = parameters[i].Handle;
            handles[count + i] = states[i].First.Handle;
            handles[2 * count + i] = states[i].Second.Handle;
            handles[3 * count + i] = states[i].Largest?.Handle ?? IntPtr.Zero;
            steps[i] = states[i].Step;
        }

        var all = handles.AsSpan();
        int status = NativeMethods.rt_optim_adam(all[..count], all[count..(2 * count)], all[(2 * count)..(3 * count)], all[(3 * count)..], steps, count,
            settings.Lr, settings.Beta1, settings.Beta2, settings.Eps, settings.WeightDecay,
            settings.Amsgrad ? 1 : 0, settings.Maximize ? 1 : 0, decoupled ? 1 : 0);
        for (int i = 0; i < count; i++)
            states[i].Step = steps[i];
        GC.KeepAlive(parameters);
        GC.KeepAlive(states);
        NativeMethods.Check(status);
    }
}
