namespace ResNetGen.Architecture;

/// <summary>What the user wrote about a network, as values; <c>null</c> stands for "not written".</summary>
public abstract record NetworkSpec
{
    /// <summary>The network's name: the class that carries the attribute.</summary>
    public string Name { get; init; } = "Network";

    /// <summary>Channels of the input image.</summary>
    public int? Channels { get; init; }

    /// <summary>Height of the input image in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the input image in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Number of classes, the length of the output; 0 for a network without a head, whose output is its last feature map.</summary>
    public int? Classes { get; init; }

    /// <summary>What training computes a second time instead of keeping it; nothing unless written.</summary>
    public Recompute? Recompute { get; init; }

    /// <summary>The attribute's name without its suffix, e.g. <c>CifarResNet</c>.</summary>
    public abstract string Family { get; }

    /// <summary>The input shape: what was written, and the family's defaults for the rest.</summary>
    public Shape Input
    {
        get
        {
            Shape usual = DefaultInput;
            return new Shape(Channels ?? usual.Channels, Height ?? usual.Height, Width ?? usual.Width);
        }
    }

    /// <summary>The input shape of the family where nothing was written.</summary>
    protected abstract Shape DefaultInput { get; }

    /// <summary>The number of classes of the family where nothing was written.</summary>
    protected abstract int DefaultClasses { get; }

    /// <summary>The number of classes: what was written, or the family's default.</summary>
    public int ClassCount => Classes ?? DefaultClasses;

    /// <summary>Everything that is wrong with the specification; empty where <see cref="Build"/> will succeed.</summary>
    public EquatableArray<Problem> Validate() => Resolution.Problems;

    /// <summary>Builds the network's architecture.</summary>
    /// <exception cref="ArgumentException">The specification has problems; the message lists them.</exception>
    public NetworkArchitecture Build()
    {
        Resolution resolved = Resolution;
        if (resolved.Plan is { } plan && resolved.Problems.Count == 0)
            return new NetworkArchitecture(this, plan);

        throw new ArgumentException($"{Name} is no {Family} network: {string.Join("; ", resolved.Problems)}.");
    }

    /// <summary>The specification with every default filled in, or the reasons why there is no such network.</summary>
    internal Resolution Resolution => Resolve();

    private protected abstract Resolution Resolve();
}
