using System.CommandLine;
using ResNetGen.Data;

namespace ResNetGen.Samples.ImageNet;

/// <summary>The program: ImageNet as the papers have it, or ten classes in minutes.</summary>
internal static class Cli
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
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

            return line.IsSmall(parsed)
                ? TrainCommand.Run(
                    line.Request(parsed, ImageNetEntries.Small, ImageNetRecipes.Small, cancellation => OpenSmall(line.Data(parsed), output, cancellation)),
                    arguments, output)
                : TrainCommand.Run(
                    line.Request(parsed, ImageNetEntries.Full, Recipes.FbImageNet90, _ => OpenFull(line.Data(parsed))), arguments, output);
        });
    }

    private static ResNetGen.ImageNet OpenFull(string? folder) => ResNetGen.ImageNet.Open(folder
        ?? throw new BadInputException("No folder with ImageNet was given: name one that holds train/CLASS/*.JPEG and val/CLASS/*.JPEG with --data, or try --small, which needs none."));

    private static TenClasses OpenSmall(string? folder, TextWriter output, CancellationToken cancellation)
    {
        if (folder is null)
        {
            folder = SmallFolder.Make(Path.Combine("runs", "small-pictures"), Pictures.Open(null, output, cancellation));
        }

        return TenClasses.Open(folder);
    }
}
