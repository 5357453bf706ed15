namespace ResNetGen.Planning;

/// <summary>
/// Lets the last convolution (or product) of a sum add itself to the other term, in the memory of that term: the sum costs no pass
/// of its own. Only where nothing reads that term afterwards.
/// </summary>
internal static class SumFusion
{
    public static OperationGraph Fuse(OperationGraph graph) => Rewriting.Run(graph, static (rewriting, operation) =>
    {
        if (operation is not Sum { After: null } sum || Last(rewriting, sum) is not { } last)
            return operation;

        Map[] others = [.. sum.Terms.Where(term => term != last.Output)];
        Map addend = others[0];
        if (others.Length > 1)
        {
            addend = new Map(sum.Output.Shape);
            rewriting.Append(new Sum(sum.Path, others, addend));
        }

        rewriting.Remove(last);
        return last with { Addend = addend, Output = sum.Output };
    });

    // The term that is computed last: it moves behind all others.
    private static Adding? Last(Rewriting rewriting, Sum sum) => sum.Terms
        .Select(term => rewriting.OnlyFor<Adding>(term))
        .OfType<Adding>()
        .Where(term => term is { Addend: null, After: null } && rewriting.CanRunNow(term) && CanOverwrite(rewriting, sum, term))
        .MaxBy(term => rewriting.Position(term.Output));

    // A new sum of several others is nobody else's; one other must not be read again, not by the term either.
    private static bool CanOverwrite(Rewriting rewriting, Sum sum, Adding term)
    {
        Map[] others = [.. sum.Terms.Where(other => other != term.Output)];
        return others.Length > 1 || (others.Length == 1 && rewriting.IsLastUse(sum, others[0]) && !term.Inputs.Contains(others[0]));
    }
}
