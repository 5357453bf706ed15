using ResNetGen.Weights;

namespace ResNetGen.Training;

/// <summary>
/// A run's folder: checked before anything is computed. <c>run.json</c> says what is trained in it.
/// </summary>
internal sealed class RunFolder
{
    private const string SettingsFile = "run.json";

    private RunFolder(string path) => FullPath = path;

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>Where the checkpoints are.</summary>
    public string Checkpoints => Path.Combine(FullPath, "checkpoints");

    /// <summary>The folder by its name alone: of several ranks, rank 0 makes and writes it, and the others may not even see it.</summary>
    public static RunFolder Named(string path) => new(Path.GetFullPath(path));

    /// <summary>Makes the folder where it is missing and proves that it can be written.</summary>
    /// <exception cref="BadInputException">It cannot be made or written, or is a file.</exception>
    public static RunFolder Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new BadInputException("The output folder's name is empty. Give a folder with TrainerOptions.Output.");
        }

        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new BadInputException($"The output {full} is a file; a folder was expected. Give another one with TrainerOptions.Output.");
        }

        string probe = Path.Combine(full, $".probe-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(full);
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The output folder {full} cannot be written: {e.Message} Give another one with TrainerOptions.Output.", e);
        }

        return new RunFolder(full);
    }

    /// <summary>Makes the folder again where it has vanished: its settings are gone then, whoever made a folder of its name since.</summary>
    /// <returns>Whether it had.</returns>
    /// <exception cref="BadInputException">It cannot be made again.</exception>
    public bool BringBack(IEnumerable<KeyValuePair<string, string>> settings)
    {
        if (File.Exists(Path.Combine(FullPath, SettingsFile)))
        {
            return false;
        }

        WriteSettings(settings);
        return true;
    }

    /// <summary>Writes the settings of a run, for people and tools; a resumed run checks its checkpoint instead.</summary>
    public void WriteSettings(IEnumerable<KeyValuePair<string, string>> settings) =>
        AtomicFile.WriteText(Path.Combine(FullPath, SettingsFile), JsonText.Indented(writer =>
        {
            foreach ((string name, string value) in settings)
            {
                writer.WriteString(name, value);
            }
        }));
}
