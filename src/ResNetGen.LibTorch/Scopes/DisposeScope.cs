using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Disposes the tensors made while it is the innermost scope of its thread. A tensor knows its scope and its slot
/// there, so joining and leaving cost the same however many a scope holds.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly List<Tensor> _tensors = [];
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer) => (_manager, OuterScope) = (manager, outer);

    internal DisposeScope? OuterScope { get; set; }

    private DisposeScopeManager Manager => _manager ?? throw new ObjectDisposedException(typeof(DisposeScope).FullName);

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            _ = Manager;
            return _tensors.ToArray();
        }
    }

    public int DisposablesCount
    {
        get
        {
            _ = Manager;
            return _tensors.Count;
        }
    }

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && ReferenceEquals(tensor.OwningDisposeScope, this);

    internal void Add(Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = _tensors.Count;
        _tensors.Add(tensor);
    }

    /// <summary>Forgets a tensor of this scope: the last one takes its slot.</summary>
    internal void Remove(Tensor tensor)
    {
        var last = _tensors[^1];
        _tensors[tensor.ScopeSlot] = last;
        last.ScopeSlot = tensor.ScopeSlot;
        _tensors.RemoveAt(_tensors.Count - 1);
        tensor.OwningDisposeScope = null;
    }

    /// <summary>Gives the place of one tensor to another, which takes over its native handle.</summary>
    internal static void ReplaceWith(Tensor original, Tensor replacement)
    {
        if (original.OwningDisposeScope is not { } scope) return;
        scope.Remove(original);
        scope.Join(replacement);
    }

    private static Tensor AsTensor(IDisposable disposable)
        => disposable as Tensor ?? throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");

    private bool Join(Tensor tensor)
    {
        if (ReferenceEquals(tensor.OwningDisposeScope, this)) return false;
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
        return true;
    }

    public void Attach(IDisposable disposable) => AttachOne(disposable);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var result = disposables.ToArray();
        foreach (var disposable in result) AttachOne(disposable);
        return result;
    }

    private void AttachOne(IDisposable disposable)
    {
        var manager = Manager;
        if (Join(AsTensor(disposable))) manager.StatisticsInstance.TensorStatistics.AttachedToScopeCount++;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        => MoveToOther(OuterScope, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        => MoveToOther(OuterScope, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveOne(scope, disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        => (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables)
        => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray()) MoveOne(scope, disposable);
    }

    private void MoveOne(DisposeScope? scope, IDisposable disposable)
    {
        if (scope is null)
        {
            DetachOne(disposable);
            return;
        }
        _ = Manager;
        if (Contains(disposable)) scope.Join((Tensor)disposable);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        DetachOne(disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
        => (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
        => (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray()) DetachOne(disposable);
    }

    private void DetachOne(IDisposable disposable)
    {
        var manager = Manager;
        if (!Contains(disposable)) return;
        Remove((Tensor)disposable);
        manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = Manager;
        if (Contains(disposable)) Remove((Tensor)disposable);
    }

    public void DisposeEverything()
    {
        _ = Manager;
        // From the end, so that each tensor leaves without moving another.
        while (_tensors.Count > 0)
        {
            var tensor = _tensors[^1];
            tensor.Dispose();
            // An already empty tensor (its handle was taken) does not report itself.
            if (ReferenceEquals(tensor.OwningDisposeScope, this)) Remove(tensor);
        }
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        _ = Manager;
        var kept = inKeep.Where(Contains).Cast<Tensor>().Distinct(ReferenceComparer.Instance).ToArray();
        foreach (var tensor in kept) Remove(tensor);
        DisposeEverything();
        foreach (var tensor in kept) Add(tensor);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        if (_manager is null) return;
        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        _manager = null;
    }

    /// <summary>Tensor equality compares elements; a scope asks whether it is the same object.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<Tensor>
    {
        internal static readonly ReferenceComparer Instance = new();

        public bool Equals(Tensor? x, Tensor? y) => ReferenceEquals(x, y);

        public int GetHashCode(Tensor tensor) => RuntimeHelpers.GetHashCode(tensor);
    }
}
