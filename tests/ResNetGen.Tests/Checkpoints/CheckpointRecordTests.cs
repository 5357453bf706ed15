using ResNetGen.Data;
using ResNetGen.Tests.Training;
using ResNetGen.Training;
using ResNetGen.Weights;

namespace ResNetGen.Tests.Checkpoints;

/// <summary>What a run's checkpoint says to those who only want its weights.</summary>
public sealed class CheckpointRecordTests : TinyRuns
{
    [Theory]
    [InlineData(NormalizationKind.PerPixelMean)]
    [InlineData(NormalizationKind.PerChannel)]
    public void It_says_what_was_subtracted_and_what_classes_are_called(NormalizationKind kind)
    {
        TrainingResult result = Fit("run", recipe: Recipe with { Normalization = kind, Length = TrainingLength.Epochs(1) });
        using SafetensorsReader checkpoint = SafetensorsReader.Open(result.Checkpoint!);
        WeightRecord record = RecordText.Read(checkpoint.Metadata, isCheckpoint: true, TinySet.Shape, "the checkpoint")!;
        Normalization measured = Normalization.Measure(kind, TinySet.Instance.Train);
        Assert.Equal(kind, record.Normalization!.Kind);
        Assert.Equal(measured.Mean, record.Normalization.Mean);
        Assert.Equal(measured.Scale, record.Normalization.Scale);
        Assert.Equal(TinySet.Instance.ClassNames, record.ClassNames);
        Assert.Equal("TinyNet", record.Network);
        Assert.Equal(TinyNet.Architecture.Fingerprint, record.Architecture);
    }
}
