using System.Runtime.InteropServices;

namespace ResNetGen.Native;

internal static partial class NativeMethods
{
    /// <summary>RnBatchNormCall of batch_norm_call.h; tensors that are absent are null.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BatchNormCall
    {
        internal IntPtr Input, Addend, Weight, Bias, RunningMean, RunningVar, Batches;
        internal double Momentum, Eps;
        internal long Stride, Before, After;
        internal int Training, Track, ReLU;
    }

    /// <summary>RnConvolution of convolution.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ConvolutionCall
    {
        internal IntPtr Weight, Bias;
        internal long Stride0, Stride1, Padding0, Padding1, Dilation0, Dilation1, Groups;
    }

    [LibraryImport(Library)]
    internal static partial int rn_batch_norm_takes(IntPtr input);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_batch_norm(in BatchNormCall call);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_batch_norm_convolution(in BatchNormCall call, in ConvolutionCall convolution);

    [LibraryImport(Library)]
    internal static partial int rn_convolution_takes(IntPtr input, in ConvolutionCall convolution);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_convolution(IntPtr input, in ConvolutionCall convolution);

    [LibraryImport(Library)]
    internal static partial int rn_batch_norm_instructions(int wanted);
}
