using System.Collections.Concurrent;
using System.Text;

namespace ResNetGen.Generators.Tests.Snapshots;

/// <summary>A folder with snapshots: verified files that are committed, received files that are not.</summary>
/// <param name="folder">The folder of the test's source file.</param>
/// <param name="launch">Opens a diff tool on a received and a verified file.</param>
internal sealed class SnapshotFolder(string folder, Action<string, string> launch)
{
    private static readonly ConcurrentDictionary<string, byte> Used = new(StringComparer.Ordinal);
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Compares targets with the verified files of a prefix; all of them before it fails.</summary>
    public void Verify(string prefix, IReadOnlyList<SnapshotTarget> targets)
    {
        if (!Used.TryAdd(Path.Combine(folder, prefix), 0))
            throw new InvalidOperationException($"The prefix has already been used: {prefix}. Give the snapshot's test a method or parameters of its own.");

        IReadOnlyList<string> stems = SnapshotNames.Stems(prefix, targets);
        List<string> failures = [];
        HashSet<string> expected = new(StringComparer.Ordinal);
        for (int i = 0; i < targets.Count; i++)
        {
            string verified = Path.Combine(folder, $"{stems[i]}.verified.{targets[i].Extension}");
            string received = Path.Combine(folder, $"{stems[i]}.received.{targets[i].Extension}");
            expected.Add(verified);
            if (Compare(targets[i], received, verified) is { } failure)
                failures.Add(failure);
        }
        foreach (string file in Directory.EnumerateFiles(folder, "*.verified.*").Order(StringComparer.Ordinal))
        {
            if (BelongsTo(prefix, Path.GetFileName(file)) && !expected.Contains(file))
                failures.Add($"Delete: {Path.GetFileName(file)} is no longer produced.");
        }
        if (failures.Count > 0)
            throw new SnapshotException($"Directory: {folder}\n" + string.Join("\n", failures));
    }

    private string? Compare(SnapshotTarget target, string received, string verified)
    {
        string text = target.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        bool isNew = !File.Exists(verified);
        string before = isNew ? "" : Encoding.UTF8.GetString(File.ReadAllBytes(verified)).TrimStart('\uFEFF');
        if (before.Contains('\r', StringComparison.Ordinal))
            return $"{Path.GetFileName(verified)} has '\\r' line ends: commit it with eol=lf in .gitattributes.";
        if (!isNew && before == text)
        {
            File.Delete(received);
            return null;
        }
        File.WriteAllText(received, text, WithMark);
        launch(received, verified);
        return isNew
            ? $"New: {Path.GetFileName(received)}"
            : $"NotEqual: {Path.GetFileName(received)}\n{FirstDifference(before, text)}";
    }

    // A prefix is followed by a target's name, a number, or ".verified".
    private static bool BelongsTo(string prefix, string name) =>
        name.StartsWith(prefix + "#", StringComparison.Ordinal)
        || name.StartsWith(prefix + ".verified.", StringComparison.Ordinal)
        || (name.StartsWith(prefix + ".", StringComparison.Ordinal)
            && name.Length > prefix.Length + 3
            && char.IsAsciiDigit(name[prefix.Length + 1])
            && char.IsAsciiDigit(name[prefix.Length + 2])
            && name[prefix.Length + 3] == '.');

    private static string FirstDifference(string before, string after)
    {
        string[] old = before.Split('\n'), now = after.Split('\n');
        int line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line])
            line++;
        return $"  line {line + 1}\n  verified: {(line < old.Length ? old[line] : "(end)")}\n  received: {(line < now.Length ? now[line] : "(end)")}";
    }
}

/// <summary>What was generated differs from what was verified.</summary>
internal sealed class SnapshotException(string message) : Exception(message);
