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
        Of("He2015Cifar", "he2015", "He et al. 2015, section 4.2", 128, "new Sgd(0.9, Nesterov: false)", 1e-4, 0, PerPixelMean),
        Of("He2016Cifar", "he2016", "He et al. 2016, appendix", 128, "new Sgd(0.9, Nesterov: false)", 1e-4, 0, PerPixelMean),
        Of("He2015ImageNet", "he2015-imagenet", "He et al. 2015, section 3.4", 256, "new Sgd(0.9, Nesterov: false)", 1e-4, 0, PerPixelMean),
        Of("FbImageNet90", "fb-imagenet90", "fb.resnet.torch", 256, "new Sgd(0.9, Nesterov: true)", 1e-4, 1, ImageNetConstants),
        Of("TorchVisionV1", "torchvision-v1", "torchvision's references", 256, "new Sgd(0.9, Nesterov: false)", 1e-4, 1, ImageNetConstants),
        Of("StrikesBackA3", "strikes-back-a3", "Wightman et al. 2021, procedure A3", 2048, "new Lamb()", 0.02, 0, ImageNetConstants),
    ];

    /// <summary>Settings that change no weight.</summary>
    public static IReadOnlyCollection<string> Unimportant { get; } = ["Source", "MeasureEvery"];

    /// <summary>The recipe of a property of <c>Recipes</c>, or null where it is no paper's.</summary>
    public static PaperRecipe? Find(string property) => All.FirstOrDefault(recipe => recipe.Property == property);

    private const int PerPixelMean = 1;
    private const int ImageNetConstants = 3;

    private static PaperRecipe Of(
        string property, string name, string source, int batch, string optimizer, double decay, int decayOn, int normalization) =>
        new(property, name, source, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["BatchSize"] = batch,
            ["Optimizer"] = optimizer,
            ["WeightDecay"] = decay,
            ["WeightDecayOn"] = decayOn,
            ["LabelSmoothing"] = 0.0,
            ["Normalization"] = normalization,
        });
}
