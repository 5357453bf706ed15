using ResNetGen.Data;

namespace ResNetGen.Tests.Data;

public class DataSourceTests
{
    /// <summary>Nobody listens there, so every download fails at once.</summary>
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/cifar-10-binary.tar.gz");

    private static DataSourceOptions Options(TestFolder cache, string? data = null, string? variable = null) => new()
    {
        Data = data,
        Archive = Nowhere,
        ProceduralPicturesPerFile = 10,
        Environment = name => name switch { "XDG_CACHE_HOME" => cache.Path, "RESNETGEN_DATA" => variable, _ => null },
    };

    [Fact]
    public void The_option_comes_before_the_variable_and_the_variable_before_the_cache()
    {
        using var cache = new TestFolder();
        using var first = new TestFolder();
        using var second = new TestFolder();
        ProceduralPictures.Write(first.Path, 1, 10);
        ProceduralPictures.Write(second.Path, 2, 10);
        DataSource option = DataSource.Resolve(Options(cache, first.Path, second.Path));
        Assert.Equal((DataOrigin.Option, first["cifar-10-batches-bin"]), (option.Origin, option.Folder));
        Assert.Contains("DataSourceOptions.Data names it", option.Reason, StringComparison.Ordinal);
        DataSource variable = DataSource.Resolve(Options(cache, null, second.Path));
        Assert.Equal((DataOrigin.Environment, second["cifar-10-batches-bin"]), (variable.Origin, variable.Folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache.Path));
    }

    [Fact]
    public void What_the_user_names_is_used_or_refused()
    {
        using var cache = new TestFolder();
        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => DataSource.Resolve(Options(cache, cache["gone"]))).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => DataSource.Resolve(Options(cache, null, cache["gone"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_network_pictures_are_made_once_and_found_again()
    {
        using var cache = new TestFolder();
        var said = new List<string>();
        DataSource made = DataSource.Resolve(Options(cache), said.Add);
        Assert.Equal(DataOrigin.Procedural, made.Origin);
        Assert.Contains("not CIFAR-10", made.Reason, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", Assert.Single(made.PassedOver), StringComparison.Ordinal);
        Assert.Equal(2, said.Count);
        Assert.True(Cifar10.Open(made.Folder).IsProcedural);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache.Path, "*unfinished*", SearchOption.AllDirectories));

        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(made.Folder, "test_batch.bin"));
        DataSource again = DataSource.Resolve(Options(cache));
        Assert.Equal(made.Folder, again.Folder);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(made.Folder, "test_batch.bin")));
    }

    [Fact]
    public void A_damaged_cache_is_named_and_passed_over()
    {
        using var cache = new TestFolder();
        DataSource made = DataSource.Resolve(Options(cache));
        File.WriteAllText(Path.Combine(made.Folder, "data_batch_1.bin"), "short");
        Directory.CreateDirectory(cache[Path.Combine("resnetgen", "cifar-10", "cifar-10-batches-bin")]);
        DataSource again = DataSource.Resolve(Options(cache));
        Assert.Equal(3, again.PassedOver.Count);
        Assert.Contains("batches.meta.txt is missing", again.PassedOver[0], StringComparison.Ordinal);
        Assert.Contains("cannot be reached", again.PassedOver[1], StringComparison.Ordinal);
        Assert.Contains("data_batch_1.bin is 5 bytes", again.PassedOver[2], StringComparison.Ordinal);
        Assert.Equal(50, Cifar10.Open(again.Folder).Train.Count);
    }

    [Fact]
    public void A_relative_cache_folder_is_ignored_as_the_specification_says()
    {
        string? Environment(string name) => name switch { "XDG_CACHE_HOME" => "here", "HOME" => "/home/someone", _ => null };
        if (!OperatingSystem.IsWindows()) Assert.Equal("/home/someone/.cache/resnetgen", DataSource.CacheFolder(Environment));
    }
}
