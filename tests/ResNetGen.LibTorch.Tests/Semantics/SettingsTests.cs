namespace ResNetGen.LibTorch.Tests.Semantics;

using TorchSharp;
using static TorchSharp.torch;

/// <summary>Settings of the process read back as they were set.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Backends_keep_each_setting_apart()
    {
        (Func<bool> Get, Action<bool> Set)[] settings =
        [
            (() => backends.cuda.matmul.allow_tf32, value => backends.cuda.matmul.allow_tf32 = value),
            (() => backends.cudnn.allow_tf32, value => backends.cudnn.allow_tf32 = value),
            (() => backends.cuda.matmul.allow_fp16_reduced_precision_reduction, value => backends.cuda.matmul.allow_fp16_reduced_precision_reduction = value),
            (backends.cuda.flash_sdp_enabled, backends.cuda.enable_flash_sdp),
            (backends.cuda.math_sdp_enabled, backends.cuda.enable_math_sdp),
        ];
        bool[] Values() => [.. settings.Select(setting => setting.Get())];

        foreach (var (index, (get, set)) in settings.Index())
        {
            var before = Values();
            set(!before[index]);
            var expected = before.ToArray();
            expected[index] = !before[index];
            Assert.Equal(expected, Values());
            set(before[index]);
            Assert.Equal(before, Values());
        }
    }

    [Fact]
    public void The_default_type_is_that_of_new_tensors()
    {
        var before = get_default_dtype();
        try
        {
            set_default_dtype(float64);
            Assert.Equal(float64, get_default_dtype());
            using var tensor = zeros(2);
            Assert.Equal(float64, tensor.dtype);
        }
        finally
        {
            set_default_dtype(before);
        }
    }

    [Fact]
    public void Threads_are_counted()
    {
        var before = get_num_threads();
        Assert.InRange(get_num_interop_threads(), 1, 4096);
        set_num_threads(before + 1);
        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
        Assert.Equal(before, get_num_threads());
    }
}
