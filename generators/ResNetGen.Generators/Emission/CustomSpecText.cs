using System.Globalization;
using System.Text;
using ResNetGen.Architecture;

namespace ResNetGen.Generators.Emission;

/// <summary>The specification of a network of one's own as C#, one line a layer.</summary>
internal sealed class CustomSpecText(Names names)
{
    /// <summary>The expression that makes it.</summary>
    public string Of(CustomNetworkSpec spec)
    {
        var text = new StringBuilder();
        text.Append($"new {names["CustomNetworkSpec"]}\n{{\n    Name = {Frame.Quote(spec.Name)},\n    ");
        (string Name, int? Value)[] numbers =
            [("Channels", spec.Channels), ("Height", spec.Height), ("Width", spec.Width), ("Classes", spec.Classes)];
        text.Append(string.Join(" ", numbers.Where(each => each.Value is not null).Select(each => $"{each.Name} = {Number(each.Value!.Value)},")));
        if (spec.Recompute is { } recompute)
            text.Append($" Recompute = {names["Recompute"]}.{recompute},");
        text.Append($"\n    Members =\n    [\n{Members(spec.Members, "        ")}    ],\n");
        if (spec.Branches.Count > 0)
        {
            text.Append("    Branches =\n    [\n");
            foreach (BranchSpec branch in spec.Branches)
                text.Append($"        new({Frame.Quote(branch.ClassName)},\n        [\n{Members(branch.Members, "            ")}        ]),\n");

            text.Append("    ],\n");
        }

        return text.Append('}').ToString();
    }

    private string Members(EquatableArray<MemberSpec> members, string indent) => string.Concat(members.Select(member =>
    {
        List<string> more = [];
        if (member.From.Count > 0)
            more.Add($"From = [{string.Join(", ", member.From.Select(Frame.Quote))}]");
        if (member.IsTap)
            more.Add("IsTap = true");
        return $"{indent}new({Frame.Quote(member.Name)}, {Layer(member.Layer).Replace("\n", "\n" + indent)}){With(more)},\n";
    }));

    private string Layer(LayerSpec layer) => layer switch
    {
        ConvSpec conv => New(layer, $"{names["ConvForm"]}.{conv.Form}, {Number(conv.Channels)}",
            ("Kernel", Number(conv.Kernel)), ("Stride", Number(conv.Stride)), ("Groups", Number(conv.Groups)),
            ("Dilation", Number(conv.Dilation)), ("Padding", Number(conv.Padding)), ("Bias", Text(conv.Bias))),
        PoolSpec pool => New(layer, $"{Text(pool.Mean)}, {Number(pool.Kernel)}", ("Stride", Number(pool.Stride)), ("Padding", Number(pool.Padding))),
        PlainLayerSpec plain => New(layer, $"{names["PlainLayer"]}.{plain.Kind}"),
        LeakyReLUSpec leaky => New(layer, "", ("NegativeSlope", leaky.NegativeSlope is { } slope ? Real(slope) : null)),
        DropoutSpec dropout => New(layer, Real(dropout.Probability)),
        LinearSpec linear => New(layer, Number(linear.Features)),
        JoinSpec join => New(layer, $"{names["Merge"]}.{join.Merge}"),
        ResidualSpec residual => New(layer, Frame.Quote(residual.Branch),
            ("Shortcut", residual.Shortcut is { } shortcut ? $"{names["Shortcut"]}.{shortcut}" : null),
            ("Repeat", Number(residual.Repeat)), ("ReLU", Text(residual.ReLU))),
        UseSpec use => New(layer, ArchitecturePart.Text(use.Network, names), ("Until", use.Until is { } until ? Frame.Quote(until) : null)),
        _ => throw new InvalidOperationException($"No C# makes a {layer.GetType().Name}."),
    };

    private string New(LayerSpec layer, string arguments, params (string Property, string? Value)[] values) =>
        $"new {names[layer.GetType().Name]}({arguments})"
        + With(values.Where(each => each.Value is not null).Select(each => $"{each.Property} = {each.Value}").ToList());

    private static string With(List<string> values) => values.Count == 0 ? "" : $" {{ {string.Join(", ", values)} }}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Number(int? value) => value is { } given ? Number(given) : null;

    private static string Real(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(bool? value) => value is { } given ? Text(given) : null;
}
