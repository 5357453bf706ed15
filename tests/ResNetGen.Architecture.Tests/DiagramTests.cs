using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResNetGen.Architecture.Diagrams;

namespace ResNetGen.Architecture.Tests;

public partial class DiagramTests
{
    [Fact]
    public void AnSvgIsWellFormedAndNamesEveryBlock()
    {
        foreach (NetworkArchitecture network in SampleNetworks.All)
        {
            XElement svg = XElement.Parse(network.ToSvg());
            string[] texts = [.. svg.Descendants().Where(each => each.Name.LocalName == "text").Select(each => each.Value)];
            Assert.Equal(network.Name, svg.Elements().Single(each => each.Name.LocalName == "title").Value);
            Assert.Contains(network.Name, texts);
            foreach (LayerSummary block in network.Layers.Where(layer => layer.Layers.Count > 1 && layer.Kind != "sequence"))
                Assert.Contains(texts, text => text.StartsWith(block.Name, StringComparison.Ordinal) && (block.Count == 1 || text.EndsWith($"× {block.Count}", StringComparison.Ordinal)));

            // Each shape that a block gives stands beside an edge.
            foreach (LayerSummary block in network.Layers.Where(layer => layer.Layers.Count > 1))
                Assert.Contains(block.Output.ToString(), texts);
        }
    }

    [Fact]
    public void BoxesStandApartAndWithinTheirBlock()
    {
        foreach (NetworkArchitecture network in SampleNetworks.All)
            AssertApart(network.Name, new ScopeLayout(Boxes.Of(network.Layers), isRoot: true));
    }

    [Fact]
    public void EdgesRunBesideBoxesAndNotThroughThem()
    {
        foreach (NetworkArchitecture network in SampleNetworks.All)
            AssertBeside(network.Name, new ScopeLayout(Boxes.Of(network.Layers), isRoot: true));
    }

    [Fact]
    public void EqualBlocksAreDrawnOnce()
    {
        int shallow = new CifarResNetSpec { Depth = 20 }.Build().ToSvg().Length, deep = new CifarResNetSpec { Depth = 1202 }.Build().ToSvg().Length;
        Assert.InRange(deep, shallow, shallow + 200);
    }

    [Fact]
    public void AnSvgIsTheSameInEveryCulture()
    {
        string expected = SampleNetworks.Mixed.ToSvg();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(expected, SampleNetworks.Mixed.ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AMermaidEdgeJoinsDeclaredBoxes()
    {
        foreach (NetworkArchitecture network in SampleNetworks.All)
        {
            string[] lines = network.ToMermaid().Split('\n');
            HashSet<string> declared = [.. lines.Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
            Match[] edges = [.. lines.Select(line => Edge().Match(line)).Where(match => match.Success)];
            Assert.True(edges.Length >= declared.Count - 1, $"{network.Name}: {edges.Length} edges between {declared.Count} boxes");
            Assert.All(edges, edge =>
            {
                Assert.Contains(edge.Groups[1].Value, declared);
                Assert.Contains(edge.Groups[2].Value, declared);
            });
            Assert.Equal(lines.Count(line => line.Trim().StartsWith("subgraph", StringComparison.Ordinal)), lines.Count(line => line.Trim() == "end"));
        }
    }

    [Fact]
    public void MermaidOfASmallNetwork() => Assert.Equal(
        """
        flowchart TB
            input(["Two, image 3×32×32"])
            n1["conv1<br/>conv 3×3 · batch norm · ReLU"]
            subgraph n2["layer1.0–1 · basic block × 2"]
                n3["conv1<br/>conv 3×3 · batch norm · ReLU"]
                n4["conv2<br/>conv 3×3 · batch norm"]
                n5(["add · ReLU"])
            end
            n6["avgpool<br/>global average pool · flatten"]
            n7["fc<br/>linear"]
            output(["output 5"])
            input -- "3×32×32" --> n1
            n1 -- "64×32×32" --> n3
            n3 -- "64×32×32" --> n4
            n4 -- "64×32×32" --> n5
            n1 -. "64×32×32" .-> n5
            n5 -- "64×32×32" --> n6
            n6 -- "64" --> n7
            n7 -- "5" --> output

        """,
        new ResNetSpec { Name = "Two", Stages = [2], Block = Block.Basic, Stem = Stem.Cifar, Height = 32, Width = 32, Classes = 5 }.Build().ToMermaid());

    [Fact]
    public void NamesAreEscaped()
    {
        Assert.Contains("Mixed#lt;#quot;#amp;#quot;#gt;, image", SampleNetworks.Mixed.ToMermaid(), StringComparison.Ordinal);
        Assert.Contains("Mixed&lt;&quot;&amp;&quot;&gt;", SampleNetworks.Mixed.ToSvg(), StringComparison.Ordinal);
    }

    private static void AssertApart(string network, ScopeLayout layout)
    {
        for (int row = 0; row < layout.Ranks.Rows.Count; row++)
        {
            List<Ranks.Place> places = layout.Ranks.Rows[row];
            for (int i = 0; i < places.Count; i++)
            {
                Assert.True(places[i].X - places[i].Half >= -0.01 && places[i].X + places[i].Half <= layout.Width + 0.01, $"{network}: a box leaves its block");
                Assert.True(i == 0 || places[i - 1].X + places[i - 1].Half < places[i].X - places[i].Half, $"{network}: boxes overlap in row {row}");
            }

            Assert.True(row == 0 || layout.Tops[row] > layout.Tops[row - 1] + layout.Heights[row - 1], $"{network}: rows overlap");
        }

        foreach (ScopeLayout inside in layout.Inside.OfType<ScopeLayout>())
            AssertApart(network, inside);
    }

    // Within a row an edge runs straight down at the place that it has there, which no box covers.
    private static void AssertBeside(string network, ScopeLayout layout)
    {
        foreach (Ranks.Edge edge in layout.Ranks.Edges)
        {
            int first = layout.RowOf(edge.Way[0]);
            Assert.Equal(Enumerable.Range(first, edge.Way.Count), edge.Way.Select(layout.RowOf));
            Assert.All(edge.Way.Skip(1).SkipLast(1), place => Assert.True(place.IsPassing, network));
        }

        foreach (ScopeLayout inside in layout.Inside.OfType<ScopeLayout>())
            AssertBeside(network, inside);
    }

    [GeneratedRegex(@"^\s*(input|output|n\d+)[\[(]")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(\w+) (?:--|-\.) "".*"" (?:-->|\.->) (\w+)$")]
    private static partial Regex Edge();
}
