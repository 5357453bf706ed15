using System.CommandLine;
using ResNetGen.Data;

namespace ResNetGen.Samples.ImageNet;

/// <summary>The program: ImageNet as the papers have it, or ten classes in minutes.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        output = RankZero.Output(output);
        ImageNetCommandLine line = new();
        return SampleProgram.Run(line.Root, arguments, output, error, parsed =>
        {
            if (line.WantsList(parsed))
            {
                NetworkList.Write(ImageNetEntries.Full, output);
                output.WriteLine();
                output.WriteLine("with --small:");
                NetworkList.Write(ImageNetEntries.Small, output);
                return ExitCodes.Done;
            }

            string? data = line.Data(parsed);
            return line.IsSmall(parsed)
                ? Train(ImageNetEntries.Small, ImageNetRecipes.Small, cancellation => OpenSmall(data, output, cancellation))
                : line.IsAt160(parsed)
                    ? Train(ImageNetEntries.At160, Recipes.StrikesBackA3, _ => ImageNet160.Open(Given(data)))
                    : Train(ImageNetEntries.Full, Recipes.FbImageNet90, _ => ResNetGen.ImageNet.Open(Given(data)));

            int Train<TDataset>(IReadOnlyList<NetworkEntry<TDataset>> entries, Recipe byDefault, Func<CancellationToken, TDataset> open)
                where TDataset : class, IImageDataset<TDataset> =>
                TrainCommand.Run(line.Request(parsed, entries, byDefault, open), arguments, output);
        });
    }

    private static string Given(string? folder) => folder
        ?? throw new BadInputException("No folder with ImageNet was given: name one that holds train/CLASS/*.JPEG and val/CLASS/*.JPEG with --data, or try --small, which needs none.");

    private static TenClasses OpenSmall(string? folder, TextWriter output, CancellationToken cancellation)
    {
        if (folder is null)
        {
            Cifar10 pictures = Pictures.Open(null, output, cancellation);
            folder = OneAtATime.Run(cancellation, () => SmallFolder.Make(Path.Combine("runs", "small-pictures"), pictures));
        }

        return TenClasses.Open(folder);
    }
}
