namespace ResNetGen.Training;

/// <summary>
/// An optimizer and its settings, as data on a recipe: <see cref="Sgd"/>, <see cref="Lamb"/>, or one of your own. The rate
/// comes from the recipe's schedule at each step, the weight decay from its groups of parameters.
/// </summary>
public abstract record OptimizerSettings
{
    /// <summary>The optimizer in words, as it is printed and stored with a run; numbers may be rounded.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The optimizer's kind and every number that it computes with, none rounded, in the invariant culture. A run is resumed
    /// only where this is what it was.
    /// </summary>
    public abstract string Parameters { get; }

    /// <summary>Makes the running optimizer.</summary>
    /// <param name="groups">The parameters, already on the device where they are trained.</param>
    public abstract ParameterOptimizer Create(IReadOnlyList<ParameterGroup> groups);

    /// <summary>What the learning rate is multiplied by when the batch is: the same number unless an optimizer's paper says otherwise.</summary>
    /// <param name="batchRatio">The new batch size over the one that the rate was for.</param>
    public virtual double RateRatio(double batchRatio) => batchRatio;

    /// <summary>Refuses numbers that no step can be made with.</summary>
    /// <exception cref="BadInputException">One is such; the message names it.</exception>
    internal virtual void Require()
    {
    }
}
