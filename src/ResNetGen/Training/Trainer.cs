using ResNetGen.Architecture;
using ResNetGen.Checkpoints;
using ResNetGen.Data;
using ResNetGen.Distributed;
using ResNetGen.Native;
using ResNetGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen;

/// <summary>
/// Trains networks: <c>Trainer.Fit&lt;ResNet20, Cifar10&gt;(Recipes.Quick, new() { Data = …, Output = … })</c>.
/// Network and dataset meet by type, without reflection; where they disagree in shape or classes, the analyzer says so
/// while the program is written, and this at the latest.
/// </summary>
public static class Trainer
{
    /// <summary>Opens the dataset in <see cref="TrainerOptions.Data"/> and trains a network on it.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TDataset">The dataset.</typeparam>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="options">Where, how precisely, what is kept.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="BadInputException">Something given cannot be used; the message says what to do.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight is no longer finite.</exception>
    /// <exception cref="PeerLostException">Of several ranks, another one was lost.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled while its pictures were measured, before the first step.</exception>
    public static TrainingResult Fit<TNetwork, TDataset>(Recipe recipe, TrainerOptions options)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
        where TDataset : class, IImageDataset<TDataset>
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        RunChecks.Require(recipe, options);
        string folder = options.Data
            ?? throw new BadInputException($"No folder with {TDataset.Name} was given: set TrainerOptions.Data.");
        TorchLibrary.OpenInBackground();
        return Fit<TNetwork, TDataset>(recipe, options, () => TDataset.Open(folder));
    }

    /// <summary>Trains a network on a dataset that is already open.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TDataset">The dataset.</typeparam>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="options">Where, how precisely, what is kept.</param>
    /// <param name="dataset">The dataset.</param>
    /// <returns>How the run ended.</returns>
    /// <exception cref="BadInputException">Something given cannot be used; the message says what to do.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight is no longer finite.</exception>
    /// <exception cref="PeerLostException">Of several ranks, another one was lost.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled while its pictures were measured, before the first step.</exception>
    public static TrainingResult Fit<TNetwork, TDataset>(Recipe recipe, TrainerOptions options, TDataset dataset)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
        where TDataset : class, IImageDataset<TDataset>
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dataset);
        RunChecks.Require(recipe, options);
        return Fit<TNetwork, TDataset>(recipe, options, () => dataset);
    }

    private static TrainingResult Fit<TNetwork, TDataset>(Recipe recipe, TrainerOptions options, Func<TDataset> open)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
        where TDataset : class, IImageDataset<TDataset>
    {
        RequireFit(TNetwork.Architecture, TDataset.Name, TDataset.Shape, TDataset.Classes);
        RankEnvironment? environment = options.Ranks?.Checked() ?? RankEnvironment.Read();
        RunChecks.RequireShares(recipe, options, environment);
        if (environment is null)
        {
            // libtorch is being opened meanwhile; whom nobody waits for needs no group to open pictures in.
            TDataset opened = open();
            open = () => opened;
        }

        ComputePlan plan = ComputePlan.Decide(options.Device, options.Precision, environment);
        using Ranks ranks = Ranks.Join(environment, plan.Device == DeviceType.CUDA ? plan.DeviceIndex : null, options);
        return Fit<TNetwork, TDataset>(recipe, options, open, plan, ranks, restarted: environment?.Restarts > 0);
    }

    /// <summary>Trains with ranks that have met.</summary>
    internal static TrainingResult Fit<TNetwork, TDataset>(
        Recipe recipe, TrainerOptions options, Func<TDataset> open, ComputePlan plan, Ranks ranks, bool restarted)
        where TNetwork : nn.Module<Tensor, Tensor>, INetwork<TNetwork>
        where TDataset : class, IImageDataset<TDataset>
    {
        RunTrail trail = new(options, restarted);
        try
        {
            TDataset dataset = ranks.Together(open);

            // Wanted for the run's identity; the network is made meanwhile.
            (dataset.Train as ImageSplit)?.BeginFingerprint();
            (dataset.Test as ImageSplit)?.BeginFingerprint();

            // For the whole process, and once: what a step frees serves the next one.
            Allocator.TuneForTraining();
            manual_seed(options.Seed);
            using TNetwork network = TNetwork.Create();
            using TrainingRun run = new(
                network, TNetwork.Architecture, TDataset.Name, dataset.Description, dataset.ClassNames, dataset.Train, dataset.Test, recipe, options, plan, ranks, restarted, trail);
            return run.Go();
        }
        catch (ProcessGroupException e)
        {
            ranks.Leave(e);
            throw trail.Explain(e);
        }
        catch (Exception e)
        {
            ranks.Leave(e);
            throw;
        }
    }

    private static void RequireFit(NetworkArchitecture network, string dataset, Shape shape, int classes)
    {
        if (network.Input != shape || network.Classes != classes)
        {
            throw new BadInputException(
                $"{network.Name} takes pictures of {network.Input} and tells {network.Classes} classes apart; "
                + $"{dataset} has pictures of {shape} in {classes} classes. "
                + "Declare the network with the dataset's Channels, Height, Width and Classes.");
        }
    }
}
