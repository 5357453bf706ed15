using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.LibTorch.Tests.Semantics;

/// <summary>Texts as the official package's own tests expect them.</summary>
public sealed class PrintingTests : IDisposable
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static Tensor Mixed() => tensor(new[] { 0.0f, 3.141f, 6.2834f, 3.14152f, 6.28e-06f, -13.141529f, 0.01f, 4713.14f }, 2, 4);

    [Fact]
    public void Without_a_style_only_metadata_is_printed()
    {
        Assert.Equal("[2x2], type = Float32, device = cpu", zeros(2, 2).ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(3L).ToString());
        Assert.Equal("[4], type = ComplexFloat32, device = meta", ones(4, complex64, META).jlstr());
    }

    [Fact]
    public void Julia_style_aligns_columns_and_names_matrices()
    {
        Assert.Equal("[], type = Float32, device = cpu, value = 3.14", tensor(3.14f).ToString(julia, cultureInfo: Invariant));
        Assert.Equal("[4], type = Float32, device = cpu\n 0 0 0 0\n", zeros(4).jlstr(cultureInfo: Invariant, newLine: "\n"));
        Assert.Equal("[2x4], type = Float32, device = cpu\n        0   3.141 6.2834 3.1415\n 6.28e-06 -13.142   0.01 4713.1\n",
            Mixed().ToString(true, cultureInfo: Invariant, newLine: "\n"));
        var two = cat([Mixed(), tensor(new[] { 0.01f, 0, 0, 0, 0, 0, 0, 0 }, 2, 4)]).reshape(2, 2, 4);
        Assert.Equal(
            "[2x2x4], type = Float32, device = cpu\n[0,..,..] =\n 0.0000000   3.1410000 6.2834000    3.1415200\n"
            + " 0.0000063 -13.1415300 0.0100000 4713.1400000\n\n[1,..,..] =\n 0.0100000 0.0000000 0.0000000 0.0000000\n"
            + " 0.0000000 0.0000000 0.0000000 0.0000000\n",
            two.jlstr("0.0000000", cultureInfo: Invariant, newLine: "\n"));
        Assert.Equal("[4], type = ComplexFloat32, device = cpu\n 0 1+4.86i 2+9.72i 3+14.58i\n",
            tensor(new[] { (0f, 0f), (1f, 4.86f), (2f, 9.72f), (3f, 14.58f) }).jlstr(cultureInfo: Invariant, newLine: "\n"));
    }

    [Fact]
    public void Numpy_style_nests_brackets()
    {
        Assert.Equal("[0, 0, 0, 0]", zeros(4, bfloat16).ToString(numpy, cultureInfo: Invariant));
        Assert.Equal("[[1, 1, 1]\n [1, 1, 1]]", ones(2, 3).npstr(cultureInfo: Invariant, newLine: "\n"));
        Assert.Equal("3.1406", tensor(new BFloat16(3.14f)).npstr(cultureInfo: Invariant));
        Assert.Equal("[0, 1, 2, ... 7, 8, 9]", arange(10).npstr(cultureInfo: Invariant));
        Assert.Equal("[True, False]", tensor(new[] { true, false }).npstr(cultureInfo: Invariant));
        Assert.Equal("[]", zeros(0).npstr(cultureInfo: Invariant));
    }

    [Fact]
    public void CSharp_style_reads_as_an_initializer()
    {
        var hundreds = arange(1, 200, 2, float32);
        Assert.Equal("[100], type = Int32, device = cpu, value = int [] {1, 1, 1, ... 1, 1, 1}", ones(100, int32).ToString(csharp, cultureInfo: Invariant));
        Assert.Equal("[2x50], type = Float32, device = cpu, value = \nfloat [,] {\n {1f, 3f, 5f, ... 95f, 97f, 99f},\n {101f, 103f, 105f, ... 195f, 197f, 199f}\n}",
            hundreds.reshape(2, 50).ToString(csharp, cultureInfo: Invariant, newLine: "\n"));
        Assert.Equal("[10x10], type = Float32, device = cpu, value = \nfloat [,] {\n {1f, 3f, 5f, ... 15f, 17f, 19f},\n {21f, 23f, 25f, ... 35f, 37f, 39f},\n"
            + " {41f, 43f, 45f, ... 55f, 57f, 59f},\n ...\n {141f, 143f, 145f, ... 155f, 157f, 159f},\n {161f, 163f, 165f, ... 175f, 177f, 179f},\n"
            + " {181f, 183f, 185f, ... 195f, 197f, 199f}\n}",
            hundreds.reshape(10, 10).ToString(csharp, cultureInfo: Invariant, newLine: "\n"));
    }
}
