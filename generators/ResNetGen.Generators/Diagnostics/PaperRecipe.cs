namespace ResNetGen.Generators.Diagnostics;

/// <summary>
/// What a paper's recipe says, for those settings that a constant can say. The compiler sees the recipes of <c>ResNetGen</c> only as properties; a
/// test holds these numbers against theirs.
/// </summary>
/// <param name="Property">The property of <c>Recipes</c>.</param>
/// <param name="Name">The recipe's name.</param>
/// <param name="Source">The paper, shortly.</param>
/// <param name="Values">The settings, by property of <c>Recipe</c>; enumerations as numbers, what is no constant as the text that makes it.</param>
internal sealed record PaperRecipe(string Property, string Name, string Source, IReadOnlyDictionary<string, object> Values)
{
    /// <summary>The recipes of papers.</summary>
    public static IReadOnlyList<PaperRecipe> All { get; } =
    [
        new("He2015Cifar", "he2015", "He et al. 2015, section 4.2", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["BatchSize"] = 128,
            ["Optimizer"] = "new Sgd(0.9, Nesterov: false)",
            ["WeightDecay"] = 1e-4,
            ["WeightDecayOn"] = 0,
            ["LabelSmoothing"] = 0.0,
            ["Normalization"] = 1,
        }),
    ];

    /// <summary>Settings that change no weight.</summary>
    public static IReadOnlyCollection<string> Unimportant { get; } = ["Source", "MeasureEvery"];

    /// <summary>The recipe of a property of <c>Recipes</c>, or null where it is no paper's.</summary>
    public static PaperRecipe? Find(string property) => All.FirstOrDefault(recipe => recipe.Property == property);
}
