using System.Text;

namespace ResNetGen.Generators.Tests.Snapshots;

/// <summary>The comparer keeps to Verify's rules, so that Verify can take its place.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshots").FullName;
    private readonly List<(string Received, string Verified)> launched = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_name_is_type_method_parameters() => Assert.Equal(
        "SnapshotTests.Inner.Works_depth=20_option=A-B",
        SnapshotNames.Prefix(typeof(Inner), "Works", [("depth", 20), ("option", "A#B")]));

    [Fact]
    public void Targets_that_share_a_name_are_numbered() => Assert.Equal(
        ["T.M#Net.g.00", "T.M#Net.g.01", "T.M#Models.Net.g", "T.M"],
        SnapshotNames.Stems("T.M", [new("Net.g", "cs", "1"), new("Net.g", "cs", "2"), new("Models.Net.g", "cs", "3"), new(null, "txt", "4")]));

    [Fact]
    public void A_new_snapshot_fails_and_leaves_a_received_file_with_a_byte_order_mark()
    {
        SnapshotException failure = Assert.Throws<SnapshotException>(() => Verify(new SnapshotTarget("Net.g", "cs", "a\r\nb\n")));

        Assert.Contains("New: T.M#Net.g.received.cs", failure.Message, StringComparison.Ordinal);
        byte[] written = File.ReadAllBytes(At("T.M#Net.g.received.cs"));
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "a\nb\n"u8], written);
        Assert.Equal([(At("T.M#Net.g.received.cs"), At("T.M#Net.g.verified.cs"))], launched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_equal_snapshot_passes_with_and_without_the_mark_and_takes_the_received_file_away(bool mark)
    {
        File.WriteAllText(At("T.M#Net.g.verified.cs"), "a\nb\n", new UTF8Encoding(mark));
        File.WriteAllText(At("T.M#Net.g.received.cs"), "old");

        Verify(new SnapshotTarget("Net.g", "cs", "a\nb\n"));

        Assert.False(File.Exists(At("T.M#Net.g.received.cs")));
        Assert.Empty(launched);
    }

    [Fact]
    public void A_trailing_newline_counts()
    {
        File.WriteAllText(At("T.M#Net.g.verified.cs"), "a");
        SnapshotException failure = Assert.Throws<SnapshotException>(() => Verify(new SnapshotTarget("Net.g", "cs", "a\n")));
        Assert.Contains("NotEqual: T.M#Net.g.received.cs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_carriage_return_in_a_verified_file_is_an_error()
    {
        File.WriteAllText(At("T.M#Net.g.verified.cs"), "a\r\nb\r\n");
        Assert.Throws<SnapshotException>(() => Verify(new SnapshotTarget("Net.g", "cs", "a\nb\n")));
    }

    [Fact]
    public void A_verified_file_that_nothing_produces_is_an_error()
    {
        File.WriteAllText(At("T.M#Net.g.verified.cs"), "a");
        File.WriteAllText(At("T.M#Gone.g.verified.cs"), "b");
        File.WriteAllText(At("T.M_depth=20#Other.g.verified.cs"), "of another test");
        File.WriteAllText(At("T.More#Other.g.verified.cs"), "of another test");

        SnapshotException failure = Assert.Throws<SnapshotException>(() => Verify(new SnapshotTarget("Net.g", "cs", "a")));

        Assert.Equal($"Directory: {folder}\nDelete: T.M#Gone.g.verified.cs is no longer produced.", failure.Message);
    }

    [Fact]
    public void A_prefix_can_be_used_once()
    {
        File.WriteAllText(At("T.M#Net.g.verified.cs"), "a");
        Verify(new SnapshotTarget("Net.g", "cs", "a"));
        Assert.Throws<InvalidOperationException>(() => Verify(new SnapshotTarget("Net.g", "cs", "a")));
    }

    private void Verify(params SnapshotTarget[] targets) =>
        new SnapshotFolder(folder, (received, verified) => launched.Add((received, verified))).Verify("T.M", targets);

    private string At(string name) => Path.Combine(folder, name);

    private static class Inner;
}
