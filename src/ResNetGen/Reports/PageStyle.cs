namespace ResNetGen.Reports;

/// <summary>
/// How a page looks. Fonts are the reader's own, colours follow light and dark, wide tables scroll in place. No text here may
/// hold a less-than, greater-than or ampersand: it stands in an XML element.
/// </summary>
internal static class PageStyle
{
    public static string Css { get; } = ChartColors.Css(":root") + CurveDrawing.Css + """

        :root{color-scheme:light dark}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}
        main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
        h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
        p{margin:.5rem 0;max-width:46rem}
        .lead{color:var(--muted);margin-top:0;overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.75rem;margin:1.5rem 0;padding:0}
        .tiles div{background:var(--raised);border-radius:.5rem;padding:.7rem .9rem}
        .tiles dt{color:var(--muted);font-size:.85rem}
        .tiles dd{margin:0;font-size:1.3rem;font-weight:600}
        .tiles dd small{display:block;font-size:.8rem;font-weight:400;color:var(--muted)}
        figure{margin:0 0 1.5rem}
        figure svg{display:block;width:calc(100% + 1.6rem);margin:0 -.8rem;height:auto}
        figcaption{color:var(--muted);font-size:.9rem;max-width:46rem}
        .narrow{display:none}
        @media (max-width:36rem){figure .wide{display:none}figure .narrow{display:block}main{padding:1.25rem .9rem 3rem}}
        .scroll{overflow-x:auto;outline-offset:2px;margin-bottom:1rem}
        table{border-collapse:collapse;font-size:.92rem}
        caption{text-align:left;color:var(--muted);padding:0 0 .4rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--grid)}
        thead th{color:var(--muted);font-weight:600;vertical-align:bottom}
        tbody th{font-weight:400;white-space:nowrap}
        .settings tbody th{color:var(--muted);white-space:normal;min-width:6rem}
        .settings td{min-width:9rem;overflow-wrap:anywhere}
        .number{text-align:right}
        td.number{white-space:nowrap}
        td.changed{background:var(--changed);box-shadow:-.5rem 0 0 var(--changed);font-weight:600}
        .swatch{display:inline-block;width:1.1rem;height:.3rem;border-radius:.15rem;margin-right:.5rem;vertical-align:middle}
        .notes{background:var(--changed);border-radius:.5rem;padding:.6rem 1rem;overflow-wrap:anywhere}
        .notes ul{margin:.25rem 0;padding-left:1.2rem}
        details{margin:1rem 0}
        summary{cursor:pointer;color:var(--accent)}
        pre{background:var(--raised);border-radius:.5rem;padding:.9rem 1rem;margin:.75rem 0;font:13px/1.4 ui-monospace,'Cascadia Code','DejaVu Sans Mono',Menlo,Consolas,monospace}
        footer{margin-top:3rem;color:var(--muted);font-size:.85rem}
        @media print{.scroll{overflow:visible}}
        """.ReplaceLineEndings("\n");
}
