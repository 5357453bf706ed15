using System.Security.Cryptography;
using System.Text;
using ResNetGen.Architecture;

namespace ResNetGen.Data;

/// <summary>
/// Pictures in tar archives, in WebDataset's format: for each sample a picture (<c>key.jpg</c>, <c>.jpeg</c>, <c>.png</c>) and
/// its label (<c>key.cls</c>, or <c>key.json</c> with <c>label</c> or <c>cls</c>) follow each other. The archives are indexed once, when they are
/// opened, and their pictures are then read where they lie, in any order: shuffling is exact, and a run resumes anywhere.
/// </summary>
public sealed class ShardSplit : EncodedSource
{
    private readonly string[] paths;
    private readonly ShardIndex[] shards;
    private readonly int[] labels;

    /// <summary>The number of the first picture of each shard.</summary>
    private readonly int[] firsts;

    private ShardSplit(string name, Shape shape, int classes, string[] paths, ShardIndex[] shards) : base(name, shape, classes)
    {
        this.paths = paths;
        this.shards = shards;
        labels = [.. shards.SelectMany(static shard => shard.Labels)];
        firsts = new int[shards.Length];
        for (int i = 1; i < shards.Length; i++) firsts[i] = firsts[i - 1] + shards[i - 1].Labels.Count;
        Fingerprint = Hash();
    }

    /// <summary>The archives.</summary>
    public IReadOnlyList<string> Shards => paths;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Labels => labels;

    /// <summary>
    /// SHA-256 over shape, classes and the name, size, place and label of every picture, as lower-case hexadecimal. The bytes of
    /// the pictures are not read: that would take as long as an epoch.
    /// </summary>
    public override string Fingerprint { get; }

    /// <summary>Indexes shards: every header is read, no picture.</summary>
    /// <param name="name">What the split is called in messages, such as <c>train</c>.</param>
    /// <param name="pattern">A folder of .tar files, or a name with a range, such as <c>train-{000000..000146}.tar</c>.</param>
    /// <param name="shape">The shape that pictures are cropped to.</param>
    /// <param name="classes">Number of classes: labels are 0 … <paramref name="classes"/> − 1.</param>
    /// <exception cref="BadInputException">A shard is missing or damaged, or a picture has no label or one out of range.</exception>
    public static ShardSplit Open(string name, string pattern, Shape shape, int classes)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Open(name, ShardNames.Find(pattern), shape, classes);
    }

    internal static ShardSplit Open(string name, string[] paths, Shape shape, int classes)
    {
        var shards = new ShardIndex[paths.Length];
        var failures = new BadInputException?[paths.Length];
        Parallel.For(0, paths.Length, i =>
        {
            try
            {
                shards[i] = ShardIndex.Build(paths[i], classes);
            }
            catch (BadInputException e)
            {
                failures[i] = e;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failures[i] = new BadInputException($"{paths[i]} cannot be read: {e.Message} Check its permissions and the disk.", e);
            }
        });
        // Of several bad shards the first is named, whichever was read first.
        if (failures.FirstOrDefault(static failure => failure is not null) is { } failure) throw failure;
        if (shards.All(static shard => shard.Labels.Count == 0))
            throw new BadInputException($"{paths[0]}{(paths.Length > 1 ? $" and {paths.Length - 1} more" : "")} hold no pictures (.jpg, .jpeg, .png); expected WebDataset shards of pictures and labels.");
        return new ShardSplit(name, shape, classes, paths, shards);
    }

    /// <inheritdoc/>
    public override string Describe(int index)
    {
        (int shard, int within) = Place(index);
        return $"{paths[shard]}: {shards[shard].Names[within]}";
    }

    private protected override ReadOnlyMemory<byte> Read(int index, Func<int, Memory<byte>> memory)
    {
        (int shard, int within) = Place(index);
        return ReadPart(paths[shard], Describe(index), shards[shard].Starts[within], shards[shard].Sizes[within], memory);
    }

    private (int Shard, int Within) Place(int index)
    {
        int at = Array.BinarySearch(firsts, index);
        int shard = at >= 0 ? at : ~at - 1;
        // Shards without pictures begin where the next one does.
        while (index - firsts[shard] >= shards[shard].Labels.Count) shard++;
        return (shard, index - firsts[shard]);
    }

    private string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Shape} {Classes}\n"));
        for (int i = 0; i < shards.Length; i++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(paths[i])}\n"));
            for (int n = 0; n < shards[i].Labels.Count; n++)
                hash.AppendData(Encoding.UTF8.GetBytes($"{shards[i].Names[n]} {shards[i].Starts[n]} {shards[i].Sizes[n]} {shards[i].Labels[n]}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
