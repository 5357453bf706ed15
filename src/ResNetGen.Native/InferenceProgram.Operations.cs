using static TorchSharp.torch;

namespace ResNetGen.Native;

// Each operation gives the number of the value that it makes. NotSupportedException: oneDNN has no fast kernel for it here.
public sealed partial class InferenceProgram
{
    /// <summary>The images, [N, C, H, W] in float32: the first value of a program.</summary>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    public int AddInput(int channels, int height, int width)
    {
        _inputElements = checked(channels * height * width);
        return Check(NativeMethods.rn_plan_input(Plan, channels, height, width));
    }

    /// <summary>function(convolution + addend).</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="weight">[out, in / groups, kernel, kernel].</param>
    /// <param name="bias">[out]; null for none.</param>
    /// <param name="stride">Stride in pixels.</param>
    /// <param name="padding">Pixels of zeros on each side.</param>
    /// <param name="dilation">Distance between the taps of the kernel.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="addend">What is added, and written over: nobody may read it afterwards. Null for nothing.</param>
    /// <param name="function">What is applied to each element.</param>
    /// <exception cref="NotSupportedException">oneDNN has no fast kernel for it on this processor.</exception>
    public int AddConvolution(
        string name, int source, Tensor weight, Tensor? bias, int stride, int padding, int dilation = 1, int groups = 1, int? addend = null, PointFunction function = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        int value = Check(NativeMethods.rn_plan_convolution(
            Plan, name, source, addend ?? -1, weight.Handle, bias?.Handle ?? IntPtr.Zero, stride, padding, dilation, groups, (int)function.Kind, function.Slope));
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return value;
    }

    /// <summary>function(weight · x + bias) of all elements of each image, in float32.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="weight">[features, elements].</param>
    /// <param name="bias">[features].</param>
    /// <param name="function">What is applied to each element.</param>
    public int AddLinear(string name, int source, Tensor weight, Tensor bias, PointFunction function = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        int value = Check(NativeMethods.rn_plan_linear(Plan, name, source, weight.Handle, bias.Handle, (int)function.Kind, function.Slope));
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return value;
    }

    /// <summary>function(scale · x + shift), with numbers of each channel's own.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="scale">[C].</param>
    /// <param name="shift">[C].</param>
    /// <param name="function">What is applied to each element.</param>
    public int AddScaleShift(string name, int source, Tensor scale, Tensor shift, PointFunction function = default)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(shift);
        int value = Check(NativeMethods.rn_plan_scale_shift(Plan, name, source, scale.Handle, shift.Handle, (int)function.Kind, function.Slope));
        GC.KeepAlive(scale);
        GC.KeepAlive(shift);
        return value;
    }

    /// <summary>A function of each element.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="function">The function.</param>
    public int AddFunction(string name, int source, PointFunction function) =>
        Check(NativeMethods.rn_plan_function(Plan, name, source, (int)function.Kind, function.Slope));

    /// <summary>The largest value or the mean under a window; padding never counts.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="mean">Whether it is the mean.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">Pixels from one position to the next.</param>
    /// <param name="before">Padding above and on the left.</param>
    /// <param name="after">Padding below and on the right.</param>
    public int AddPool(
        string name, int source, bool mean, (int Height, int Width) kernel, (int Height, int Width) stride, (int Top, int Left) before, (int Bottom, int Right) after) =>
        Check(NativeMethods.rn_plan_pool(
            Plan, name, source, mean ? 1 : 0, [kernel.Height, kernel.Width], [stride.Height, stride.Width], [before.Top, before.Left, after.Bottom, after.Right]));

    /// <summary>Every stride-th pixel, and channels of zeros around those that are there: shortcut A.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="stride">Stride in pixels.</param>
    /// <param name="before">Channels of zeros before the first.</param>
    /// <param name="channels">Channels of the output.</param>
    public int AddZeroPad(string name, int source, int stride, int before, int channels) =>
        Check(NativeMethods.rn_plan_zero_pad(Plan, name, source, stride, before, channels));

    /// <summary>function(sum of values of one shape).</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="terms">What it reads.</param>
    /// <param name="function">What is applied to each element.</param>
    public int AddSum(string name, int[] terms, PointFunction function = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Check(NativeMethods.rn_plan_sum(Plan, name, terms, terms.Length, (int)function.Kind, function.Slope));
    }

    /// <summary>function(x · factor + addend).</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">x.</param>
    /// <param name="factor">Of the same shape, or [N, C, 1, 1].</param>
    /// <param name="addend">What is added, and written over: nobody may read it afterwards. Null for nothing.</param>
    /// <param name="function">What is applied to each element.</param>
    public int AddProduct(string name, int source, int factor, int? addend = null, PointFunction function = default) =>
        Check(NativeMethods.rn_plan_product(Plan, name, source, factor, addend ?? -1, (int)function.Kind, function.Slope));

    /// <summary>Values one after the other along the channels.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="parts">What it reads.</param>
    public int AddStack(string name, int[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Check(NativeMethods.rn_plan_stack(Plan, name, parts, parts.Length));
    }

    /// <summary>A map as a vector: channels before rows before columns.</summary>
    /// <param name="name">Its name in profiles.</param>
    /// <param name="source">What it reads.</param>
    public int AddFlatten(string name, int source) => Check(NativeMethods.rn_plan_flatten(Plan, name, source));
}
