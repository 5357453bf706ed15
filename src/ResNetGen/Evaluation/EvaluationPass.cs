using ResNetGen.Architecture;
using ResNetGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNetGen.Evaluation;

/// <summary>Networks, pictures and a protocol, checked against each other; tests as often as it is asked to.</summary>
internal sealed class EvaluationPass
{
    private readonly IReadOnlyList<Member> _members;
    private readonly PictureSource _source;
    private readonly Normalization _normalization;
    private readonly EvaluationProtocol _protocol;
    private readonly IReadOnlyList<Geometry> _views;
    private readonly EvaluationOptions _options;

    /// <exception cref="BadInputException">They do not fit.</exception>
    public EvaluationPass(
        IReadOnlyList<Member> members, PictureSource source, Normalization normalization, EvaluationProtocol protocol, EvaluationOptions options)
    {
        if (members.Count == 0)
        {
            throw new BadInputException("There is no network to test: add one to the ensemble.");
        }

        if (source.Count == 0)
        {
            throw new BadInputException($"The {source.Name} split has no pictures to test on.");
        }

        if (options.BatchSize < 1)
        {
            throw new BadInputException($"Batch size {options.BatchSize}: expected at least 1.");
        }

        _members = members;
        _source = source;
        _normalization = normalization;
        _protocol = protocol;
        _options = options;
        Shape input = members[0].Architecture.Input;
        _views = protocol.ViewsFor(input, source);
        foreach (Member member in members)
        {
            member.RequireFit(source);

            // Whole pictures have sizes of their own: twice the network's stands for all of them.
            member.RequireSize(
                protocol.IsDense ? input with { Height = 2 * input.Height, Width = 2 * input.Width } : _views[0].Output(source.Shape),
                protocol.IsDense || _views[0].Side is not null);
        }
    }

    /// <summary>The score; weights and modes stay as they are.</summary>
    /// <exception cref="BadInputException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was given up.</exception>
    public Score Run(CancellationToken cancellation)
    {
        ScoreSums sums = new(_source.Classes);
        List<IDisposable> modes = [.. _members.Select(static member => ModuleModes.Evaluation(member.Network))];
        List<DenseHead> heads = [];
        try
        {
            heads.AddRange(_members.Select(member => DenseHead.Of(member, _protocol.IsDense)));
            using IDisposable guard = no_grad();
            using IDisposable sizes = InputSize.Any();
            foreach (PictureGroup group in Groups(cancellation))
            {
                Test(group, heads, sums, cancellation);
            }
        }
        finally
        {
            heads.ForEach(static head => head.Dispose());
            modes.ForEach(static mode => mode.Dispose());
        }

        return sums.Read();
    }

    private IEnumerable<PictureGroup> Groups(CancellationToken cancellation) => _protocol.IsDense
        ? new DenseFeeder(_source, _normalization, _views, _members[0].Architecture.Input, _options).Groups(cancellation)
        : CropFeeder.Groups(_source, _normalization, _views, _options, _members[0].Inference.ChannelsLast, cancellation);

    private void Test(PictureGroup group, List<DenseHead> heads, ScoreSums sums, CancellationToken cancellation)
    {
        ViewScores scores = new(_source.Classes, group.Count, _views.Count * _members.Count, _protocol.Average);
        foreach (ViewBatch batch in group.Views)
        {
            foreach (DenseHead head in heads)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                scores.Add(head.Run(batch.Images), batch.Owners);
            }
        }

        for (int i = 0; i < group.Count; i++)
        {
            sums.Add(scores.LogProbabilities(i), _source.Labels[group.First + i]);
        }
    }
}
