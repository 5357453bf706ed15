namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>Official members that this library does without, and why.</summary>
internal static class LeftOut
{
    internal static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        // Scalars are plain values here: there is nothing to finalize.
        "~Finalizer()",
        // A typed window on a storage, for views of other layouts: data<T>() and bytes give the memory.
        "public Storage<T> storage<T>() where T : unmanaged",
    };
}
