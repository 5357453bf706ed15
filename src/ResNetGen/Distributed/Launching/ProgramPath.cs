namespace ResNetGen.Distributed.Launching;

/// <summary>The file behind a program's name, found before anything is started, so that what is wrong is said once.</summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>As a shell finds it: a name with a slash is a path, another one is looked for on PATH.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be run.</exception>
    public static string Find(string program)
    {
        if (!program.Contains('/', StringComparison.Ordinal))
        {
            return OnPath(program) ?? throw new BadInputException($"The program \"{program}\" was not found on PATH."
                + (File.Exists(program) ? $" There is a file of that name here: write ./{program}." : " Give its path, such as ./bin/train."));
        }

        string path = Path.GetFullPath(program);
        if (Directory.Exists(path))
        {
            throw new BadInputException($"{path} is a folder; the program to start was expected.");
        }

        if (!File.Exists(path))
        {
            throw new BadInputException($"The program {path} was not found.");
        }

        return IsExecutable(path)
            ? path
            : throw new BadInputException($"{path} is not executable. "
                + (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? $"Write: dotnet {program}" : $"Make it so (chmod +x {program}), or name the program that reads it."));
    }

    /// <summary>The first on PATH, or null.</summary>
    public static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(static path => File.Exists(path) && IsExecutable(path));

    // Asked only where there are such modes; the launcher refuses Windows before.
    private static bool IsExecutable(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0;
}
