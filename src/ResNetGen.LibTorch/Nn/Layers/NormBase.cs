namespace TorchSharp.Modules;

using TorchSharp.Utils;
using static TorchSharp.torch;

/// <summary>What normalisations share: scale and shift, and the running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(bias))]
    private protected Parameter? _bias;

    [ComponentName(Name = nameof(weight))]
    private protected Parameter? _weight;

    [ComponentName(Name = nameof(running_mean))]
    private protected Tensor? _running_mean;

    [ComponentName(Name = nameof(running_var))]
    private protected Tensor? _running_var;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private protected Tensor? _num_batches_tracked;

    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;

        if (affine)
        {
            weight = new Parameter(empty(num_features, dtype: dtype, device: device));
            bias = new Parameter(empty(num_features, dtype: dtype, device: device));
        }
        if (track_running_stats)
        {
            running_mean = zeros(num_features, dtype: dtype, device: device);
            running_var = ones(num_features, dtype: dtype, device: device);
            num_batches_tracked = tensor(0L, device: device); // a count, whatever type the rest has
        }
        reset_parameters();
    }

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

    public Tensor? running_mean
    {
        get => _running_mean;
        set => ReplaceOwn(ref _running_mean, value, nameof(running_mean));
    }

    public Tensor? running_var
    {
        get => _running_var;
        set => ReplaceOwn(ref _running_var, value, nameof(running_var));
    }

    public Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => ReplaceOwn(ref _num_batches_tracked, value, nameof(num_batches_tracked));
    }

    public long num_features { get; }
    public double eps { get; set; }

    /// <summary>Weight of the newest batch in the running statistics; null averages over all batches.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }
    public bool track_running_stats { get; }

    public void reset_parameters()
    {
        reset_running_stats();
        if (affine)
        {
            nn.init.ones_(_weight!);
            nn.init.zeros_(_bias!);
        }
    }

    public void reset_running_stats()
    {
        if (!track_running_stats)
            return;
        nn.init.zeros_(_running_mean!);
        nn.init.ones_(_running_var!);
        nn.init.zeros_(_num_batches_tracked!);
    }

    /// <summary>Throws ArgumentException where the input has not the number of dimensions this layer takes.</summary>
    protected abstract void ValidateInputDimensions(Tensor input);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _weight?.Dispose();
            _bias?.Dispose();
            _running_mean?.Dispose();
            _running_var?.Dispose();
            _num_batches_tracked?.Dispose();
        }
        base.Dispose(disposing);
    }

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => ConvertOwn(device, dtype);

    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
        => ConvertOwn(new Device(deviceType, deviceIndex), null);

    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => ConvertOwn(null, dtype);

    private NormBase ConvertOwn(Device? device, ScalarType? dtype)
    {
        if (_weight is not null && ReplaceParameter(dtype, device, _weight, out var w))
            weight = w!;
        if (_bias is not null && ReplaceParameter(dtype, device, _bias, out var b))
            bias = b;
        if (_running_mean is not null && ReplaceBuffer(dtype, device, _running_mean, out var mean))
            running_mean = mean;
        if (_running_var is not null && ReplaceBuffer(dtype, device, _running_var, out var variance))
            running_var = variance;
        if (_num_batches_tracked is not null && ReplaceBuffer(dtype, device, _num_batches_tracked, out var batches))
            num_batches_tracked = batches;
        return this;
    }
}
