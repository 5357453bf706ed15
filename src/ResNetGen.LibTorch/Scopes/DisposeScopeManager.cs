using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The scopes of one thread, and their counts.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? t_instance;

    internal static DisposeScopeManager ThreadSingleton => t_instance ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal static void Register(Tensor tensor)
    {
        var manager = ThreadSingleton;
        var scope = manager.CurrentDisposeScope;
        if (scope is null)
        {
            manager.StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
            return;
        }
        manager.StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
        scope.Add(tensor);
    }

    internal static void Disposed(Tensor tensor)
    {
        var statistics = ThreadSingleton.StatisticsInstance.TensorStatistics;
        if (tensor.OwningDisposeScope is not { } scope)
        {
            statistics.DisposedOutsideScopeCount++;
            return;
        }
        statistics.DisposedInScopeCount++;
        scope.Remove(tensor);
    }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this, CurrentDisposeScope);

    /// <summary>Takes a scope out of the chain; scopes may end in another order than they began.</summary>
    internal void RemoveDisposeScope(DisposeScope scope)
    {
        if (ReferenceEquals(CurrentDisposeScope, scope))
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }
        for (var inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (!ReferenceEquals(inner.OuterScope, scope)) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}
