using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ResNetGen.Generators.Tests.Infrastructure;
using Xunit.Sdk;
using Steps = ResNetGen.Generators.Tests.Infrastructure.Pipeline;

namespace ResNetGen.Generators.Tests.Incremental;

/// <summary>The walk over models does find what it looks for, however deep it is hidden.</summary>
public class ModelWalkTests
{
    private static readonly SyntaxTree Tree = CSharpSyntaxTree.ParseText("class C;");
    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create("C", [Tree]);

    public static TheoryData<string> Kinds => [.. Forbidden.Keys];

    private static Dictionary<string, object> Forbidden { get; } = new()
    {
        ["symbol"] = Compilation.GetTypeByMetadataName("C")!,
        ["node"] = Tree.GetRoot(),
        ["tree"] = Tree,
        ["token"] = Tree.GetRoot().GetFirstToken(),
        ["location"] = Tree.GetRoot().GetLocation(),
        ["compilation"] = Compilation,
        ["semantic model"] = Compilation.GetSemanticModel(Tree),
        ["delegate"] = () => { },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_leads_to_the_compilation_is_found(string kind)
    {
        object hidden = new { Name = "model", Parts = new List<object?> { null, 1, new Box(new object?[] { "text", Forbidden[kind] }) } };
        FailException failure = Assert.Throws<FailException>(() => Steps.Walk(hidden, "model", []));
        Assert.Contains("model.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_pass() => Steps.Walk(new { Name = "model", Numbers = new[] { 1, 2 }, Kind = DayOfWeek.Friday }, "model", []);

    private sealed class Box(object content)
    {
        private readonly object content = content;

        public override string ToString() => $"{content}";
    }
}
