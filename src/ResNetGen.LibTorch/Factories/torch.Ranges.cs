using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var options = Options.Of(dtype, device, requires_grad);
        return rt_arange(start.Required(nameof(start)), stop.Required(nameof(stop)), step.Required(nameof(step)),
            options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var options = Options.Of(dtype, device, requires_grad);
        return rt_linspace(start, end, steps, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
    }

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var options = Options.Of(dtype, device, requires_grad);
        return rt_eye(rows, columns < 0 ? rows : columns, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
    }
}
