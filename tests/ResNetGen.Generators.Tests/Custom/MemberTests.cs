using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;

namespace ResNetGen.Generators.Tests.Custom;

/// <summary>RNG0007 to RNG0015, and RNG0011: how layers are declared in C#.</summary>
public class MemberTests
{
    private const string Head = "[GlobalAvgPool] public partial GlobalAvgPool Pool { get; }";

    [Fact]
    public void Layers_in_two_parts() => Expect.Messages(
        CustomSource.Net("[Conv(8)] public partial Conv2d Stem { get; }") + "partial class Net { [ReLU] public partial ReLU [|Act|] { get; } }",
        ("RNG0007", "'Net': C# knows no order between the parts of a partial class: expected all layers in the part that declares 'Stem', found 'Act' in another; move it there"));

    [Fact]
    public void Other_members_may_stand_in_another_part() => GeneratorHost.Run(
        CustomSource.Net("[Conv(8)] public partial Conv2d Stem { get; }") + "partial class Net { public int Answer => 42; }").Clean();

    [Fact]
    public void Two_layers_on_one_member() => Expect.Messages(
        CustomSource.Net("[Conv(8), [|ReLU|]] public partial Conv2d Stem { get; } " + Head),
        ("RNG0008", "'Stem': C# knows no order between attributes: expected one layer a property, found [Conv] and [ReLU] on 'Stem'; declare a second property, or take a joined layer such as [ConvBatchNormReLU]"));

    [Theory]
    [InlineData("[Conv(8)] public partial [|Linear|] Stem { get; }", "Conv2d", "one of type Linear")]
    [InlineData("[Conv(8)] public partial [|Conv2d?|] Stem { get; }", "Conv2d", "one of type Conv2d?")]
    [InlineData("[Conv(8)] public Conv2d [|Stem|] { get; } = null!;", "Conv2d", "a property that is not partial, of type Conv2d")]
    [InlineData("[Conv(8)] public partial Conv2d [|Stem|] { get; set; }", "Conv2d", "a property that can be set, of type Conv2d")]
    [InlineData("[Conv(8)] public static partial Conv2d [|Stem|] { get; }", "Conv2d", "a static property of type Conv2d")]
    [InlineData("[ConvBatchNorm(8)] public ConvBatchNorm [|Stem|] = null!;", "ConvBatchNorm", "a field of type ConvBatchNorm")]
    [InlineData("[Use<ResNet20>] public partial [|ResNet20|] Stem { get; }", "StemBackbone", "one of type ResNet20")]
    public void A_member_that_cannot_hold_its_layer(string member, string type, string found) => Expect.Messages(
        CustomSource.Net(member) + "[CifarResNet(Depth = 20)] public partial class ResNet20;",
        ("RNG0009", $"'Stem': expected a get-only partial property of type {type}, found {found}; write 'public partial {type} Stem {{ get; }}'"));

    [Theory]
    [InlineData("[Residual<Body>] public partial [|ModuleList<Residual<Body>>|] Trunk { get; }", "Residual<Body>", "ModuleList<Residual<Body>>")]
    [InlineData("[Residual<Body>(Repeat = 2)] public partial [|Residual<Body>|] Trunk { get; }", "ModuleList<Residual<Body>>", "Residual<Body>")]
    public void A_residual_of_the_wrong_type(string member, string type, string found) => Expect.Messages(
        CustomSource.Net(member + "[Branch] public partial class Body { [Conv(3)] public partial Conv2d A { get; } }"),
        ("RNG0009", $"'Trunk': expected a get-only partial property of type {type}, found one of type {found}; write 'public partial {type} Trunk {{ get; }}'"));

    [Fact]
    public void A_member_of_a_branch_that_cannot_hold_its_layer() => Expect.Messages(
        CustomSource.Net("[Residual<Body>] public partial Residual<Body> Trunk { get; } [Branch] public partial class Body { [Conv(3)] public partial [|ReLU|] A { get; } }"),
        ("RNG0009", "'Body.A': expected a get-only partial property of type Conv2d, found one of type ReLU; write 'public partial Conv2d A { get; }'"));

    [Theory]
    [InlineData("Flops")]
    [InlineData("Net")]
    [InlineData("register_module")]
    [InlineData("parameters")]
    [InlineData("train")]
    [InlineData("Architecture")]
    public void A_name_that_is_taken(string name)
    {
        MarkedSource source = MarkedSource.Parse(CustomSource.Net($"[Conv(8)] public partial Conv2d [|{name}|] {{ get; }}"));
        GeneratorRun run = GeneratorHost.Run(source.Text);
        Assert.Contains(run.Diagnostics, each => each.Id == "RNG0010" && each.Location.SourceSpan == source.Spans[0]);
    }

    [Fact]
    public void Two_names_with_one_key() => Expect.Messages(
        CustomSource.Net("[Conv(8)] public partial Conv2d StemA { get; } [Conv(8)] public partial Conv2d [|Stem_A|] { get; }"),
        ("RNG0013", "'Net': expected keys of the state_dict that differ, found 'stem_a' for 'Stem_A' as well as for 'StemA'; give the property another name"));

    [Fact]
    public void A_residual_of_something_else() => Expect.Messages(
        CustomSource.Net("[Residual<[|Other|]>] public partial Conv2d Trunk { get; } public class Other;"),
        ("RNG0014", "'Trunk': expected a class with [Branch], nested in 'Net', found 'Other'; declare the branch as a partial class in 'Net' with [Branch] on it"));

    [Fact]
    public void A_network_without_layers() => Expect.Messages(
        CustomSource.Usings + "[Network(Height = 8, Width = 8)] public partial class [|Net|];",
        ("RNG0015", "'Net': expected one partial property a layer in 'Net', found none; declare one, for example '[Conv(64)] public partial Conv2d Stem { get; }'"));

    [Fact]
    public void A_branch_without_layers() => Expect.Messages(
        CustomSource.Net("[Residual<Body>] public partial Residual<Body> Trunk { get; } [Branch] public partial class [|Body|];"),
        ("RNG0015", "'Net': expected one partial property a layer in 'Body', found none; declare one, for example '[Conv(64)] public partial Conv2d Stem { get; }'"));

    [Theory]
    [InlineData("public class [|Body|]", "RNG0001")]
    [InlineData("public abstract partial class [|Body|]", "RNG0003")]
    [InlineData("public partial class [|Body|] : System.Exception", "RNG0004")]
    public void A_branch_that_cannot_be_completed(string declaration, string id)
    {
        MarkedSource source = MarkedSource.Parse(CustomSource.Net(
            $"[Residual<Body>] public partial Residual<Body> Trunk {{ get; }} [Branch] {declaration} {{ [Conv(3)] public partial Conv2d A {{ get; }} }}"));
        Assert.Contains(GeneratorHost.Run(source.Text).Diagnostics, each => each.Id == id && each.Location.SourceSpan == source.Spans[0]);
    }

    [Fact]
    public void A_language_without_partial_properties()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.TinyNet, new HostOptions { Language = LanguageVersion.CSharp12 });
        Assert.Contains(run.Diagnostics, each => each.Id == "RNG0011"
            && GeneratorRun.Message(each) == "'TinyNet' needs C# 13.0 or later for its generated code, found C# 12.0; write <LangVersion>13.0</LangVersion> in the project file, or leave LangVersion out");
        Assert.Empty(run.Sources);
    }

    [Fact]
    public void The_oldest_language_is_enough() =>
        GeneratorHost.Run(CustomSource.TinyNet, new HostOptions { Language = LanguageVersion.CSharp13 }).Clean();

    [Fact]
    public void What_the_compiler_refuses_is_left_to_it()
    {
        GeneratorRun run = GeneratorHost.Run(CustomSource.Net("[Conv(\"many\")] public partial Conv2d Stem { get; } " + Head));
        Assert.Equal(["CS1503"], run.Diagnostics.Select(each => each.Id));
    }
}
