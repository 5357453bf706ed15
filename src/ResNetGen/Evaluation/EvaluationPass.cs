using ResNetGen.Architecture;
using ResNetGen.Data;
using ResNetGen.Distributed;
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
    /// <param name="cancellation">Gives the evaluation up.</param>
    /// <exception cref="BadInputException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was given up.</exception>
    public Score Run(CancellationToken cancellation) => Run(Ranks.One, cancellation);

    /// <summary>
    /// The same by several processes with the same weights: each tests a part of the pictures, in the groups that one alone would have
    /// made, and all get the same score, to the bit that of one alone. Whole pictures of any size go in other groups, and may differ from
    /// that by rounding.
    /// </summary>
    /// <exception cref="BadInputException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was given up, on one of them.</exception>
    public Score Run(Ranks ranks, CancellationToken cancellation)
    {
        int group = _protocol.IsDense ? 1 : CropFeeder.PicturesAtOnce(_source, _views, _options);
        PictureScore[] scores = SharedScores.Gather(
            ranks, _source.Count, PictureRange.Part(_source.Count, group, ranks.Rank, ranks.Count), range => Test(range, cancellation));

        // In the order of the pictures, whoever tested them.
        ScoreSums sums = new(_source.Classes);
        for (int i = 0; i < scores.Length; i++)
        {
            sums.Add(scores[i], _source.Labels[i]);
        }

        return sums.Read();
    }

    private PictureScore[] Test(PictureRange range, CancellationToken cancellation)
    {
        PictureScore[] found = new PictureScore[range.Count];
        List<IDisposable> modes = [.. _members.Select(static member => ModuleModes.Evaluation(member.Network))];
        List<DenseHead> heads = [];
        try
        {
            heads.AddRange(_members.Select(member => DenseHead.Of(member, _protocol.IsDense)));
            using IDisposable guard = no_grad();
            using IDisposable sizes = InputSize.Any();
            foreach (PictureGroup group in Groups(range, cancellation))
            {
                Test(group, heads, found.AsSpan(group.First - range.First, group.Count), cancellation);
            }
        }
        finally
        {
            heads.ForEach(static head => head.Dispose());
            modes.ForEach(static mode => mode.Dispose());
        }

        return found;
    }

    private IEnumerable<PictureGroup> Groups(PictureRange range, CancellationToken cancellation) => _protocol.IsDense
        ? new DenseFeeder(_source, _normalization, _views, _members[0].Architecture.Input, _options).Groups(range, cancellation)
        : CropFeeder.Groups(_source, _normalization, _views, _options, _members[0].Inference.ChannelsLast, range, cancellation);

    private void Test(PictureGroup group, List<DenseHead> heads, Span<PictureScore> found, CancellationToken cancellation)
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
            found[i] = ScoreSums.Look(scores.LogProbabilities(i), _source.Labels[group.First + i]);
        }
    }
}
