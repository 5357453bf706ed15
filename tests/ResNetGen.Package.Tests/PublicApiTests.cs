namespace ResNetGen.Package.Tests;

/// <summary>
/// The public API as it is committed, in src/*/PublicApi.txt. What others may have built on is not taken away unnoticed: a member that is
/// listed and gone fails every run. One that is new fails before packages are handed out.
/// </summary>
public sealed class PublicApiTests
{
    private const string Update = "RESNETGEN_UPDATE_PUBLIC_API";
    private static readonly string[] Assemblies = ["ResNetGen", "ResNetGen.Native"];

    public static TheoryData<string> Libraries => [.. Assemblies];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_is_the_committed_one(string id)
    {
        string[] found = PublicApi.List(Assembly(id), Assemblies.Append("ResNetGen.LibTorch").Where(other => other != id).Select(Assembly));
        string file = Path.Combine(Packages.Repository, "src", id, "PublicApi.txt");
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(file, string.Concat(found.Select(static line => line + "\n")));

        string[] listed = File.ReadAllLines(file);
        string[] differences = [.. listed.Except(found).Select(static line => "- " + line)];
        if (Packages.AreForRelease)
            differences = [.. differences, .. found.Except(listed).Select(static line => "+ " + line)];
        Assert.True(differences.Length == 0,
            $"The public API of {id} is not the one in src/{id}/PublicApi.txt (- is gone, + is new). Where that is meant, run\n"
            + $"  {Update}=1 ./build.sh test The_public_API\n"
            + "and commit the file.\n" + string.Join('\n', differences));
        Assert.NotEmpty(found);
    }

    private static byte[] Assembly(string id) => Packages.Read(id, $"lib/net10.0/{id}.dll");
}
