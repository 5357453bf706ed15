namespace ResNetGen.Planning;

/// <summary>Operations while some of them are replaced by others: who makes a map, and who reads it.</summary>
internal sealed class Rewriting
{
    private readonly OperationGraph _graph;
    private readonly List<Operation?> _operations = [];
    private readonly Dictionary<Map, int> _makers = [];
    private readonly Dictionary<Map, int> _readers;
    private readonly Dictionary<Map, Operation> _lastReaders = [];
    private readonly HashSet<Map> _overwritten = [];

    private Rewriting(OperationGraph graph)
    {
        _graph = graph;
        _readers = graph.Readers();
        foreach (Operation operation in graph.Operations)
        {
            foreach (Map input in operation.Inputs)
                _lastReaders[input] = operation;
        }
    }

    /// <summary>Goes through a graph's operations in order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rewrite">What each becomes, given those before it; null where another one has taken its work.</param>
    public static OperationGraph Run(OperationGraph graph, Func<Rewriting, Operation, Operation?> rewrite)
    {
        var rewriting = new Rewriting(graph);
        foreach (Operation operation in graph.Operations)
        {
            if (rewrite(rewriting, operation) is { } kept)
                rewriting.Append(kept);
        }

        return graph with { Operations = [.. rewriting._operations.OfType<Operation>()] };
    }

    /// <summary>The operation that makes a map, where it is of a kind and nobody but the one at hand reads what it makes; else null.</summary>
    public TOperation? OnlyFor<TOperation>(Map map)
        where TOperation : Operation =>
        _readers.GetValueOrDefault(map) == 1 && _makers.TryGetValue(map, out int at) ? _operations[at] as TOperation : null;

    /// <summary>Whether an operation is the last to read a map, which is neither the caller's images nor what the caller gets.</summary>
    public bool IsLastUse(Operation operation, Map map) =>
        map != _graph.Input && map != _graph.Output && ReferenceEquals(_lastReaders.GetValueOrDefault(map), operation);

    /// <summary>Whether what an operation reads is still there now.</summary>
    public bool CanRunNow(Operation operation) => !operation.Inputs.Any(_overwritten.Contains);

    /// <summary>Where a map is made, as a number that grows along the operations; -1 for the input.</summary>
    public int Position(Map map) => _makers.GetValueOrDefault(map, -1);

    /// <summary>Puts another operation into the place of one.</summary>
    public void Replace(Operation operation, Operation by)
    {
        int at = _makers[operation.Output];
        _makers.Remove(operation.Output);
        _makers[by.Output] = at;
        _operations[at] = by;
    }

    /// <summary>Takes an operation out, whose work a later one will do.</summary>
    public void Remove(Operation operation)
    {
        _operations[_makers[operation.Output]] = null;
        _makers.Remove(operation.Output);
    }

    /// <summary>Puts an operation after those so far.</summary>
    public void Append(Operation operation)
    {
        _makers[operation.Output] = _operations.Count;
        _operations.Add(operation);
        if (operation is Adding { Addend: { } addend })
            _overwritten.Add(addend);
    }
}
