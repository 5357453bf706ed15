namespace TorchSharp.Modules;

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

/// <summary>The public options of either, as what is shared reads and writes them.</summary>
/// <remarks>Adam and AdamW have no public base of their own in the official package: what they share hangs on interfaces.</remarks>
internal interface IAdamOptions
{
    ref double? Beta1 { get; }

    ref double? Beta2 { get; }

    ref double? Eps { get; }

    ref double? WeightDecay { get; }

    ref bool? Amsgrad { get; }

    ref bool? Maximize { get; }
}

/// <summary>What the options of both do.</summary>
internal static class AdamOptions
{
    public static AdamSettings Settings<T>(this T options) where T : OptimizerOptions, IAdamOptions
        => new(options.LearningRate!.Value, options.Beta1!.Value, options.Beta2!.Value, options.Eps!.Value, options.WeightDecay!.Value,
            options.Amsgrad!.Value, options.Maximize!.Value);

    /// <summary>All but the learning rate, which the base class keeps.</summary>
    public static void Set(this IAdamOptions options, in AdamSettings settings)
    {
        (options.Beta1, options.Beta2, options.Eps, options.WeightDecay) = (settings.Beta1, settings.Beta2, settings.Eps, settings.WeightDecay);
        (options.Amsgrad, options.Maximize) = (settings.Amsgrad, settings.Maximize);
    }

    /// <summary>Takes what a group leaves open from the optimizer's defaults.</summary>
    public static T CompletedBy<T>(this T options, T defaults) where T : OptimizerOptions, IAdamOptions
    {
        options.LearningRate ??= defaults.LearningRate;
        options.Beta1 ??= defaults.Beta1;
        options.Beta2 ??= defaults.Beta2;
        options.Eps ??= defaults.Eps;
        options.WeightDecay ??= defaults.WeightDecay;
        options.Amsgrad ??= defaults.Amsgrad;
        options.Maximize ??= defaults.Maximize;
        return options;
    }

    public static (double, double) Betas(this IAdamOptions options) => (options.Beta1!.Value, options.Beta2!.Value);

    public static void SetBetas(this IAdamOptions options, (double, double) betas) => (options.Beta1, options.Beta2) = betas;
}
