using System.Globalization;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>What works in a network of one's own, but is not what anybody would want.</summary>
internal static class LayerFidelityRules
{
    /// <summary>The remarks on a network's layers and on those of its branches.</summary>
    public static IEnumerable<Finding> Check(CustomNetworkSpec spec) =>
    [
        .. Activated(spec, "", spec.Members),
        .. spec.Branches.SelectMany(branch => Activated(spec, branch.ClassName, branch.Members)),
        .. Biased(spec, "", spec.Members),
        .. spec.Branches.SelectMany(branch => Biased(spec, branch.ClassName, branch.Members)),
    ];

    /// <summary>RNG0406: a pre-activated branch leaves the path of the shortcuts clean; a ReLU after the addition would not.</summary>
    private static IEnumerable<Finding> Activated(CustomNetworkSpec spec, string className, EquatableArray<MemberSpec> members)
    {
        foreach (MemberSpec member in members)
        {
            if (member.Layer is not ResidualSpec { ReLU: not false } residual
                || spec.Branches.FirstOrDefault(branch => branch.ClassName == residual.Branch)?.Members is not { Count: > 0 } branch
                || !BeginsWithNorm(branch[0].Layer))
            {
                continue;
            }
            string id = Id(className, member);
            yield return new Finding(Descriptors.ReLUAfterPreActivation, Place.LayerArgument(id, "ReLU"), [spec.Name, id, residual.Branch])
            {
                Further = [Place.Layer($"{residual.Branch}.{branch[0].Name}")],
                Fixes = [Fix.Of(Edit.Set("ReLU", "false"))],
            };
        }
    }

    /// <summary>RNG0407: batch normalisation takes the mean away, and the bias with it.</summary>
    private static IEnumerable<Finding> Biased(CustomNetworkSpec spec, string className, EquatableArray<MemberSpec> members)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i].Layer is not ConvSpec { Form: ConvForm.Conv, Bias: true } conv || !CustomBuilder.IsNormalised(members, i))
                continue;
            string id = Id(className, members[i]);
            yield return new Finding(Descriptors.BiasBeforeBatchNorm, Place.LayerArgument(id, "Bias"),
                [spec.Name, id, conv.Channels.ToString("N0", CultureInfo.InvariantCulture)])
            {
                Further = [Place.Layer(Id(className, Reader(members, i)))],
                Fixes = [Fix.Of(Edit.LeaveOut("Bias"))],
            };
        }
    }

    private static bool BeginsWithNorm(LayerSpec layer) => layer
        is PlainLayerSpec { Kind: PlainLayer.BatchNorm or PlainLayer.BatchNormReLU } or ConvSpec { Form: ConvForm.BatchNormReLUConv };

    /// <summary>The only member that takes the output: where it is not named, the next one.</summary>
    private static MemberSpec Reader(EquatableArray<MemberSpec> members, int index) =>
        members.FirstOrDefault(each => each.From.Contains(members[index].Name)) ?? members[index + 1];

    private static string Id(string className, MemberSpec member) => className.Length == 0 ? member.Name : $"{className}.{member.Name}";
}
