using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResNetGen.Native;
using static TorchSharp.torch;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>
/// The functions of the shim (native/*.cpp), by subject in several files. Those that return a tensor throw by
/// themselves; those that return int are wrapped in <see cref="Check"/>.
/// </summary>
internal static partial class NativeMethods
{
    internal const string Library = "resnetgen_torch";

    // The runtime asks when the first function is called; a static constructor would be asked for at every call.
#pragma warning disable CA2255 // Module initializers are not for libraries: this one sets a delegate and opens nothing.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WatchForTheFirstCall() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, static (name, _, _) =>
    {
        if (name == Library) OpenedFirst.Open();
        return IntPtr.Zero; // found as ever
    });

    [LibraryImport(Library)]
    private static partial IntPtr rt_last_error();

    [LibraryImport(Library)]
    internal static partial void rt_tensor_free(IntPtr self);

    [LibraryImport(Library)]
    internal static partial void rt_array_free(IntPtr array);

    [LibraryImport(Library)]
    private static partial IntPtr rt_version();

    internal static string Version => Marshal.PtrToStringUTF8(rt_version())!;

    /// <summary>Throws libtorch's message where a call reports failure.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    [DoesNotReturn]
    internal static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8(rt_last_error()));

    /// <summary>Takes over an array of handles that native code allocated. Absent tensors become null.</summary>
    internal static unsafe Tensor?[] TakeOptional(IntPtr array, int count)
    {
        var handles = (IntPtr*)array;
        var tensors = new Tensor?[count];
        for (var i = 0; i < count; i++)
            tensors[i] = handles[i] == IntPtr.Zero ? null : Tensor.Wrap(handles[i]);
        rt_array_free(array);
        return tensors;
    }

    internal static Tensor[] Take(IntPtr array, int count) => TakeOptional(array, count)!;
}
