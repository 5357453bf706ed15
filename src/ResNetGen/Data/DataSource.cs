namespace ResNetGen.Data;

/// <summary>Where the pictures of a run come from.</summary>
public enum DataOrigin
{
    /// <summary>The folder that the user named.</summary>
    Option,

    /// <summary>The folder in the environment variable <c>RESNETGEN_DATA</c>.</summary>
    Environment,

    /// <summary>CIFAR-10 in the user's cache folder.</summary>
    Cache,

    /// <summary>CIFAR-10, downloaded just now.</summary>
    Download,

    /// <summary>The built-in procedural pictures: not CIFAR-10.</summary>
    Procedural,
}

/// <summary>Where to look for data.</summary>
public sealed record DataSourceOptions
{
    /// <summary>The folder that the user named, if any. Where it is given, nothing else is tried.</summary>
    public string? Data { get; init; }

    /// <summary>Reads environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Address of the official archive.</summary>
    public Uri Archive { get; init; } = CifarArchive.Official;

    /// <summary>MD5 of the official archive, as lower-case hexadecimal.</summary>
    public string ArchiveMd5 { get; init; } = CifarArchive.OfficialMd5;

    /// <summary>How long to wait for a connection before going on without a network.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Pictures in each of the six files of the procedural set, should it be made.</summary>
    public int ProceduralPicturesPerFile { get; init; } = CifarFolder.PicturesPerFile;
}

/// <summary>The data that a run uses, and why.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Folder">The folder to open.</param>
/// <param name="Reason">One line for the user: what is used and why.</param>
/// <param name="PassedOver">What was looked at before and could not be used, one line each.</param>
public sealed record DataSource(DataOrigin Origin, string Folder, string Reason, IReadOnlyList<string> PassedOver)
{
    /// <summary>The environment variable that names the data folder.</summary>
    public const string Variable = "RESNETGEN_DATA";

    /// <summary>
    /// Finds data for <see cref="Cifar10"/>: the folder given; the one in <c>RESNETGEN_DATA</c>; the user's cache folder; the
    /// official archive, downloaded into it; and where there is no network, procedural pictures, made there. A folder that
    /// the user named, in either way, is used or refused: nothing takes its place.
    /// </summary>
    /// <param name="options">Where to look.</param>
    /// <param name="say">Hears one line before anything that takes long.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="BadInputException">The folder that was named cannot be used, or the cache folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public static DataSource Resolve(DataSourceOptions options, Action<string>? say = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrEmpty(options.Data))
            return Named(DataOrigin.Option, options.Data, "DataSourceOptions.Data names it");
        if (options.Environment(Variable) is { Length: > 0 } variable)
            return Named(DataOrigin.Environment, variable, $"{Variable} names it");

        string cache = CacheFolder(options.Environment);
        var passed = new List<string>();
        string official = Path.Combine(cache, "cifar-10");
        if (Directory.Exists(Path.Combine(official, CifarFolder.FolderName)))
        {
            try
            {
                string folder = CifarFolder.Check(official, out ProceduralMarker? marker);
                if (marker is null) return new DataSource(DataOrigin.Cache, folder, $"CIFAR-10 from the cache, {folder}", passed);
                passed.Add($"{folder} holds procedural pictures where CIFAR-10 belongs; it is not used.");
            }
            catch (BadInputException e)
            {
                passed.Add(e.Message);
            }
        }
        say?.Invoke($"No CIFAR-10 on this machine: trying {options.Archive} (about 170 MB, once).");
        try
        {
            string folder = CifarArchive.Download(options.Archive, options.ArchiveMd5, official, options.ConnectTimeout, cancellation);
            return new DataSource(DataOrigin.Download, folder, $"CIFAR-10, downloaded to {folder}", passed);
        }
        catch (BadInputException e)
        {
            passed.Add(e.Message);
        }
        return Procedural(cache, options, passed, say);
    }

    /// <summary>The folder of this project in the user's cache: <c>$XDG_CACHE_HOME/resnetgen</c> or what the system has for it.</summary>
    /// <param name="environment">Reads environment variables.</param>
    public static string CacheFolder(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        // The XDG specification has relative paths ignored.
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache)) return Path.Combine(cache, "resnetgen");
        if (OperatingSystem.IsWindows())
            return Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData), "resnetgen");
        string home = environment("HOME") is { Length: > 0 } named ? named : System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".cache", "resnetgen");
    }

    private static DataSource Named(DataOrigin origin, string folder, string why)
    {
        string location = CifarFolder.Check(folder, out ProceduralMarker? marker);
        string what = marker is null ? "CIFAR-10" : "procedural pictures (not CIFAR-10)";
        return new DataSource(origin, location, $"{what} in {location}: {why}", []);
    }

    private static DataSource Procedural(string cache, DataSourceOptions options, List<string> passed, Action<string>? say)
    {
        var wanted = new ProceduralMarker(ProceduralPictures.Version, ProceduralPictures.DefaultSeed, options.ProceduralPicturesPerFile);
        string parent = Path.Combine(cache, "procedural-pictures");
        string folder = Path.Combine(parent, CifarFolder.FolderName);
        const string Reason = "procedural pictures (not CIFAR-10), since CIFAR-10 is neither on this machine nor to be had";
        try
        {
            if (Directory.Exists(folder) && CifarFolder.Check(folder, out ProceduralMarker? marker) is { } found && marker == wanted)
                return new DataSource(DataOrigin.Procedural, found, $"{Reason}: {found}", passed);
        }
        catch (BadInputException e)
        {
            passed.Add($"{e.Message} It is made anew.");
        }
        say?.Invoke("CIFAR-10 cannot be had: making procedural pictures in its place.");
        folder = ProceduralPictures.Write(parent, wanted.Seed, wanted.PicturesPerFile);
        return new DataSource(DataOrigin.Procedural, folder, $"{Reason}: made in {folder}", passed);
    }
}
