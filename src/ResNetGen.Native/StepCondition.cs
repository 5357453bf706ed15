using static TorchSharp.torch;

namespace ResNetGen.Native;

/// <summary>
/// What an update of parameters takes from the device as it is there when the update runs, so that nothing has to wait for it. Each
/// is a float32 tensor of one number on the parameters' device, or null.
/// </summary>
public readonly record struct StepCondition
{
    /// <summary>The learning rate, instead of the number that is given.</summary>
    public Tensor? Rate { get; init; }

    /// <summary>What every gradient is multiplied by; null for 1.</summary>
    public Tensor? Scale { get; init; }

    /// <summary>Where it is not 0 nothing is changed: a value was not finite.</summary>
    public Tensor? NotFinite { get; init; }

    internal IntPtr RateHandle => Rate?.Handle ?? IntPtr.Zero;

    internal IntPtr ScaleHandle => Scale?.Handle ?? IntPtr.Zero;

    internal IntPtr NotFiniteHandle => NotFinite?.Handle ?? IntPtr.Zero;

    /// <summary>Keeps the tensors for a native call that ends before this.</summary>
    internal void KeepAlive()
    {
        GC.KeepAlive(Rate);
        GC.KeepAlive(Scale);
        GC.KeepAlive(NotFinite);
    }
}
