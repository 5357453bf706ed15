using ResNetGen.Data;

namespace ResNetGen.Samples;

/// <summary>Finds the pictures to train on and says where they come from.</summary>
internal static class Pictures
{
    /// <summary>The folder given; else RESNETGEN_DATA, the cache, a download, and in the end pictures of our own making.</summary>
    /// <exception cref="BadInputException">A folder that was named cannot be used.</exception>
    public static Cifar10 Open(string? folder, TextWriter output, CancellationToken cancellation)
    {
        // What was named is there, or is an error: nothing is made that only one process may make.
        DataSource source = folder is null ? OneAtATime.Run(cancellation, Resolve) : Resolve();
        foreach (string line in source.PassedOver)
        {
            output.WriteLine("note: " + ErrorText.InOptions(line));
        }

        output.WriteLine(ErrorText.InOptions(source.Reason));
        cancellation.ThrowIfCancellationRequested();
        return Cifar10.Open(source.Folder);

        DataSource Resolve() => DataSource.Resolve(new DataSourceOptions { Data = folder }, output.WriteLine, cancellation);
    }
}
