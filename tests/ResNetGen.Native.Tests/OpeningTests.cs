using System.Text.RegularExpressions;
using TorchSharp;

namespace ResNetGen.Native.Tests;

/// <summary>How libtorch is opened: its own libraries first, one after another, and on another thread where a program likes.</summary>
public partial class OpeningTests
{
    private static readonly string List = Path.Combine(AppContext.BaseDirectory, "libresnetgen_torch.first");

    [Fact]
    public void WhatIsOpenedFirstIsWhatLibtorchNeeds()
    {
        _ = torch.get_num_threads();
        string[] mapped = [.. File.ReadLines("/proc/self/maps").Select(static line => line[(line.LastIndexOf(' ') + 1)..])];
        string library = mapped.First(static path => Path.GetFileName(path).StartsWith("libtorch_cpu.so", StringComparison.Ordinal));
        string dynamic = Run("readelf", "-d", library);
        string[] needed = [.. Needed().Matches(dynamic).Select(static match => match.Groups[1].Value)];
        Assert.NotEmpty(needed);

        // A libtorch with a search path of its own finds its libraries by itself.
        bool hasPath = dynamic.Contains("(RUNPATH)", StringComparison.Ordinal) || dynamic.Contains("(RPATH)", StringComparison.Ordinal);
        string[] first = File.ReadAllLines(List);
        Assert.Equal(hasPath, first.Length == 0);
        Assert.Equal(needed.Where(first.Contains).Reverse(), first);
    }

    [Fact]
    public void WhatCannotBeOpenedIsPassedOver()
    {
        string list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, ["libthere_is_no_such_library.so.9", "", "libm.so.6", "libc.so.6"]);
            Assert.Equal(2, OpenedFirst.OpenAll(list));
        }
        finally
        {
            File.Delete(list);
        }

        Assert.Equal(0, OpenedFirst.OpenAll(list));
    }

    [Fact]
    public void OpeningInTheBackgroundDisturbsNobody()
    {
        TorchLibrary.OpenInBackground();
        TorchLibrary.OpenInBackground();
        using torch.Tensor sum = torch.ones(3).sum();
        Assert.Equal(3f, sum.item<float>());
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    [GeneratedRegex(@"\(NEEDED\).*\[(.*)\]")]
    private static partial Regex Needed();
}
