using System.Globalization;
using Microsoft.CodeAnalysis;
using ResNetGen.Architecture;
using ResNetGen.Generators.Diagnostics;
using ResNetGen.Generators.Fixes;

namespace ResNetGen.Generators.Parsing;

/// <summary>Holds a network against its <c>[Budget]</c>.</summary>
internal static class BudgetRules
{
    private const string Budget = "Budget", MaxParameters = "MaxParameters", MaxMultiplyAdds = "MaxMultiplyAdds";

    /// <summary>What is wrong with the budget, or with the network that is over it.</summary>
    public static IEnumerable<Finding> Check(Declaration declaration, NetworkArchitecture network)
    {
        if (declaration.Modifier(Budget) is not { RefusedByCompiler: false } written)
            return [];
        return [.. Limit(written, network, MaxParameters, Descriptors.TooManyParameters, static cost => cost.Parameters),
            .. Limit(written, network, MaxMultiplyAdds, Descriptors.TooManyMultiplyAdds, static cost => cost.MultiplyAdds)];
    }

    private static IEnumerable<Finding> Limit(
        AttributeValues written, NetworkArchitecture network, string argument, DiagnosticDescriptor descriptor, Func<Cost, long> count)
    {
        if (written.Long(argument) is not { } limit)
            yield break;
        long found = count(network.Cost);
        if (limit < 1)
        {
            yield return Find(Descriptors.ValueOutOfRange, argument, Fix.Of(Edit.LeaveOut(argument)),
                network.Name, argument, "to be 1 or more", limit.ToString(CultureInfo.InvariantCulture), "a value in that range, or leave it out");
        }
        else if (found > limit)
        {
            yield return Find(descriptor, argument, Fix.Of(Edit.Set(argument, Code(found))),
                network.Name, Count(limit), Count(found), network.Input.ToString(),
                string.Join(", ", LayerShare.Largest(network, count, 3)), Code(found));
        }
    }

    private static Finding Find(DiagnosticDescriptor descriptor, string argument, Fix fix, params string[] details) =>
        new(descriptor, Place.ArgumentOf(Budget, argument), details.ToEquatableArray())
        {
            Further = [Place.WholeAttribute],
            Fixes = [fix],
        };

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Code(long value) => Count(value).Replace(',', '_');
}
