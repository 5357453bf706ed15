extern alias generators;

using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using ResNetGen.Generators.Tests.Infrastructure;
using PaperRecipe = generators::ResNetGen.Generators.Diagnostics.PaperRecipe;

namespace ResNetGen.Generators.Tests.Diagnostics;

/// <summary>RNG0410: a paper's recipe, changed under the paper's name.</summary>
public class RecipeTests
{
    [Theory]
    [InlineData("Optimizer = new ResNetGen.Training.Sgd(0.9, Nesterov: true)", "Optimizer = new Sgd(0.9, Nesterov: false)", "new ResNetGen.Training.Sgd(0.9, Nesterov: true)")]
    [InlineData("LabelSmoothing = 0.1", "LabelSmoothing = 0", "0.1")]
    [InlineData("BatchSize = 64", "BatchSize = 128", "64")]
    [InlineData("WeightDecay = 5e-4", "WeightDecay = 0.0001", "5e-4")]
    [InlineData("WeightDecayOn = ResNetGen.Training.WeightDecayTarget.AllParameters", "WeightDecayOn = 0", "ResNetGen.Training.WeightDecayTarget.AllParameters")]
    [InlineData("WarmUp = null", "WarmUp = the paper's", "null")]
    public void A_setting_that_is_not_the_paper_s(string change, string expected, string found)
    {
        GeneratorRun run = GeneratorHost.Run(Source($"with {{ {change} }}")).Clean();
        Diagnostic remark = Assert.Single(run.Remarks);
        Assert.Equal("RNG0410", remark.Id);
        Assert.Equal(
            $"Recipe 'he2015' (He et al. 2015, section 4.2): expected {expected}, found {found}; leave {change.Split(' ')[0]} out, or give the recipe a Name of its own",
            GeneratorRun.Message(remark));
        Assert.Equal(change, remark.Location.SourceTree!.GetText().ToString(remark.Location.SourceSpan));
    }

    [Theory]
    [InlineData("with { WeightDecay = 1e-4, BatchSize = 128, LabelSmoothing = 0 }")]
    [InlineData("with { MeasureEvery = 100, Source = \"me\" }")]
    [InlineData("with { Name = \"mine\", LabelSmoothing = 0.1, BatchSize = 7 }")]
    [InlineData("with { WeightDecayOn = ResNetGen.Training.WeightDecayTarget.ConvolutionAndLinearWeights, Normalization = ResNetGen.Data.NormalizationKind.PerPixelMean }")]
    [InlineData("with { }")]
    public void Settings_that_are_the_paper_s_or_claim_nothing(string with) => Assert.Empty(GeneratorHost.Run(Source(with)).Clean().Remarks);

    [Fact]
    public void A_recipe_that_is_no_paper_s() =>
        Assert.Empty(GeneratorHost.Run("class C { Recipe R => Recipes.Quick with { BatchSize = 64 }; }").Clean().Remarks);

    [Theory]
    [InlineData("with { BatchSize = 64 }", "")]
    [InlineData("with { BatchSize = 64, MeasureEvery = 7 }", " with { MeasureEvery = 7 }")]
    [InlineData("with { MeasureEvery = 7, BatchSize = 64 }", " with { MeasureEvery = 7 }")]
    public void The_fix_leaves_the_setting_out(string with, string after)
    {
        using FixHost host = new(Source(with));
        CodeAction fix = Assert.Single(host.Fixes(Assert.Single(host.Diagnose())));
        Assert.Equal("Leave BatchSize out", fix.Title);
        string text = Assert.Single(host.Apply(fix)).Text;
        Assert.Equal($"class C {{ Recipe R => Recipes.He2015Cifar{after}; }}", text);
        Assert.Empty(GeneratorHost.Run(text).Clean().Remarks);
    }

    [Fact]
    public void The_numbers_are_the_recipes_own() => Assert.All(PaperRecipe.All, paper =>
    {
        Recipe recipe = Assert.IsType<Recipe>(typeof(Recipes).GetProperty(paper.Property)!.GetValue(null));
        Assert.Equal(recipe.Name, paper.Name);
        Assert.All(paper.Values, pair =>
        {
            PropertyInfo property = typeof(Recipe).GetProperty(pair.Key)!;
            object value = property.GetValue(recipe)!;
            Assert.Equal(pair.Value, value switch
            {
                Enum => Convert.ToInt32(value, CultureInfo.InvariantCulture),
                ResNetGen.Training.Sgd sgd => string.Create(CultureInfo.InvariantCulture,
                    $"new Sgd({sgd.Momentum}, Nesterov: {(sgd.Nesterov ? "true" : "false")})"),
                ResNetGen.Training.Lamb lamb => lamb == new ResNetGen.Training.Lamb() ? "new Lamb()" : lamb.ToString(),
                _ => value,
            });
        });
        Assert.All(PaperRecipe.Unimportant, name => Assert.NotNull(typeof(Recipe).GetProperty(name)));
    });

    private static string Source(string with) => $"class C {{ Recipe R => Recipes.He2015Cifar {with}; }}";
}
