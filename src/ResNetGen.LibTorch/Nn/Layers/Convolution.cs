namespace TorchSharp.Modules;

using TorchSharp.Utils;
using static TorchSharp.torch;

/// <summary>What all convolutions share: weight, bias, and the padding in the two forms that the kernels take.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(bias))]
    protected Parameter? _bias;

    [ComponentName(Name = nameof(weight))]
    protected Parameter? _weight;

    /// <summary>Padding as functional.pad wants it: last dimension first, both sides.</summary>
    protected long[] _reversed_padding_repeated_twice = [];

#pragma warning disable CS0169, CS0649, CA1823 // here for the signature; nothing may use it
    [Obsolete("Deprecated.", true)]
    protected long input_channels;
#pragma warning restore CS0169, CS0649, CA1823

    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        RequireDivisible(in_channels, groups, nameof(in_channels));
        RequireDivisible(out_channels, groups, nameof(out_channels));

        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        if (padding_type is { } type)
            SetPadding(type);
        else
            SetPadding(padding ?? new long[kernel_size.Length]);

        long[] outer = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        weight = new Parameter(empty([.. outer, .. kernel_size], dtype: dtype, device: device));
        if (bias)
            this.bias = new Parameter(empty(out_channels, dtype: dtype, device: device));
        reset_parameters();
    }

    [Obsolete("Deprecated API", true)]
    protected Convolution(IntPtr handle, IntPtr boxedHandle, long input_channels) : base(handle, boxedHandle)
        => throw new NotSupportedException("There are no native modules; construct a convolution from its sizes.");

    public Parameter? bias
    {
        get => _bias;
        set => ReplaceOwn(ref _bias, value, nameof(bias));
    }

    public Parameter weight
    {
        get => _weight!;
        set => ReplaceOwn(ref _weight, value, nameof(weight));
    }

    public long in_channels { get; }
    public long out_channels { get; }
    public bool transposed { get; }
    public Padding? padding_type { get; private set; }
    public long[]? padding { get; private set; }
    public PaddingModes padding_mode { get; set; }
    public long groups { get; set; }
    public long[] kernel_size { get; set; }
    public long[] stride { get; set; }
    public long[] dilation { get; set; }
    public long[] output_padding { get; set; }

    /// <summary>PyTorch's default: uniform in ±1/√fan_in, for the bias too.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (_bias is null)
            return;
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (fanIn == 0)
            return;
        double bound = 1 / Math.Sqrt(fanIn);
        nn.init.uniform_(_bias, -bound, bound);
    }

    public void SetPadding(long[] padding)
    {
        this.padding = padding;
        padding_type = null;
        _reversed_padding_repeated_twice = padding.Reverse().SelectMany(p => new[] { p, p }).ToArray();
    }

    public void SetPadding(Padding padding)
    {
        if (transposed)
            throw new ArgumentException("Cannot set padding type on ConvTransposeND");
        if (padding == Padding.Same && stride.Any(s => s != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions");

        this.padding = null;
        padding_type = padding;
        var sides = new long[kernel_size.Length * 2];
        if (padding == Padding.Same)
        {
            for (int i = 0; i < kernel_size.Length; i++)
            {
                long total = dilation[i] * (kernel_size[i] - 1), left = total / 2;
                int last = 2 * (kernel_size.Length - 1 - i); // the last dimension comes first
                (sides[last], sides[last + 1]) = (left, total - left);
            }
        }
        _reversed_padding_repeated_twice = sides;
    }

    /// <summary>Whether the input is a batch or a single example with the right number of channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels)
            || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _weight?.Dispose();
            _bias?.Dispose();
        }
        base.Dispose(disposing);
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => ConvertOwn(device, dtype);

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
        => ConvertOwn(new Device(deviceType, deviceIndex), null);

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => ConvertOwn(null, dtype);

    private Convolution ConvertOwn(Device? device, ScalarType? dtype)
    {
        if (_weight is not null && ReplaceParameter(dtype, device, _weight, out var w))
            weight = w!;
        if (_bias is not null && ReplaceParameter(dtype, device, _bias, out var b))
            bias = b;
        return this;
    }

    private static void RequireDivisible(long channels, long groups, string argument)
    {
        if (groups <= 0 || channels % groups != 0)
            throw new ArgumentException($"{argument} must be divisible by groups, got {channels} channels in {groups} groups.", argument);
    }
}
