using System.Reflection;
using TorchSharp;

namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>
/// Code that compiles against this assembly must compile against the official TorchSharp: whatever is public here is in
/// the list of official signatures, letter by letter.
/// </summary>
public sealed class OfficialSurfaceTests
{
    private static readonly Dictionary<string, HashSet<string>> Official = Read();

    private static IEnumerable<Type> PublicTypes()
        => typeof(torch).Assembly.GetTypes().Where(t => IsPublic(t) && !t.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));

    private static bool IsPublic(Type type)
        => type.DeclaringType is { } outer ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsPublic(outer) : type.IsPublic;

    [Fact]
    public void Every_public_type_is_an_official_one()
    {
        var foreign = PublicTypes().Select(SignatureFormatter.Heading).Where(heading => !Official.ContainsKey(heading)).Order(StringComparer.Ordinal).ToArray();
        Assert.True(foreign.Length == 0, $"{foreign.Length} types that the official package lacks:\n{string.Join('\n', foreign)}");
    }

    [Fact]
    public void Every_public_member_has_an_official_signature()
    {
        var foreign = from type in PublicTypes()
                      let heading = SignatureFormatter.Heading(type)
                      where Official.ContainsKey(heading)
                      from member in SignatureFormatter.Members(type)
                      // An override adds nothing that a caller could name.
                      where !Official[heading].Contains(member) && !member.Contains(" override ", StringComparison.Ordinal)
                      orderby heading, member
                      select $"{heading}: {member}";
        var list = foreign.ToArray();
        Assert.True(list.Length == 0, $"{list.Length} members that the official package lacks:\n{string.Join('\n', list)}");
    }

    /// <summary>The list is no use if it is read wrongly: most of it must be here, and it must know the well-known members.</summary>
    [Fact]
    public void The_list_is_read()
    {
        Assert.Contains("public Tensor add_(Tensor target)", Official["public class torch.Tensor"]);
        Assert.True(Official.Values.Sum(members => members.Count) > 1500);
        var here = PublicTypes().Where(t => Official.ContainsKey(SignatureFormatter.Heading(t)))
            .Sum(t => SignatureFormatter.Members(t).Intersect(Official[SignatureFormatter.Heading(t)]).Count());
        Assert.True(here > 1200, $"Only {here} official members were found in the assembly.");
    }

    /// <summary>Of the types that networks and training loops live on, what is left out is left out knowingly.</summary>
    [Theory]
    [InlineData(typeof(torch.Tensor))]
    [InlineData(typeof(torch))]
    [InlineData(typeof(torch.cuda))]
    [InlineData(typeof(torch.random))]
    [InlineData(typeof(torch.Device))]
    [InlineData(typeof(torch.Generator))]
    [InlineData(typeof(torch.Size))]
    [InlineData(typeof(torch.TensorIndex))]
    [InlineData(typeof(torch.ScalarType))]
    [InlineData(typeof(DeviceType))]
    [InlineData(typeof(DisposeScope))]
    [InlineData(typeof(DisposeScopeManager))]
    [InlineData(typeof(Scalar))]
    [InlineData(typeof(torch.autograd))]
    [InlineData(typeof(TensorExtensionMethods))]
    public void Official_members_are_here(Type type)
    {
        var missing = Official[SignatureFormatter.Heading(type)].Except(SignatureFormatter.Members(type)).Except(LeftOut.Members).Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, $"{missing.Length} official members of {type.Name} are missing:\n{string.Join('\n', missing)}");
    }

    private static Dictionary<string, HashSet<string>> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Surface", "official-signatures.txt");
        var types = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string>? current = null;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == ' ') current!.Add(line.Trim());
            else types[line] = current = new HashSet<string>(StringComparer.Ordinal);
        }
        return types;
    }
}
