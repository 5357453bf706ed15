using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_zeros_like(input, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
    }

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_ones_like(input, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
    }

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_empty_like(input, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
    }

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_full_like(input, value.Required(nameof(value)), options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad).WithNames(names);
    }

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_rand_like(input, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
    }

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var options = Options.Like(dtype, device, requires_grad);
        return rt_randn_like(input, options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
    }
}
