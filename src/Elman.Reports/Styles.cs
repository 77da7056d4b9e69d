namespace Elman.Reports;

/// <summary>The style sheets. Text on each background has a contrast of at least 4.5.</summary>
internal static class Styles
{
    /// <summary>The colours, for light and dark screens and for paper.</summary>
    public const string Colors = """
        :root{color-scheme:light dark;--ground:#fff;--panel:#f5f6f8;--text:#1a1d21;--soft:#565d66;--line:#d5d9de;--axis:#6b7280;
        --s0:#0b62a8;--s1:#b8420b;--s2:#1a7a4c;--s3:#7d3fa0;--s4:#8a6500;--s5:#ad2c63;--right:#0b62a8;--wrong:#b8420b;
        --on:#fff;--warn:#fff4d6}
        @media (prefers-color-scheme:dark){:root{--ground:#14171b;--panel:#1e2228;--text:#e9ecef;--soft:#aab2bb;--line:#383f47;
        --axis:#8b949e;
        --s0:#6cb6ff;--s1:#ff9d66;--s2:#5fd394;--s3:#cfa0f2;--s4:#e3c04d;--s5:#ff8ab8;--right:#6cb6ff;--wrong:#ff9d66;
        --on:#0c0e11;--warn:#3a3012}}
        @media print{:root{--ground:#fff;--panel:#fff;--text:#000;--soft:#444;--line:#ccc;--axis:#555;--s0:#0b62a8;--s1:#b8420b;
        --s2:#1a7a4c;
        --s3:#7d3fa0;--s4:#8a6500;--s5:#ad2c63;--right:#0b62a8;--wrong:#b8420b;--on:#fff;--warn:#fff}}

        """;

    /// <summary>The style of pictures. Lines differ in colour and in dashes.</summary>
    public const string Pictures = """
        svg.picture{display:block;width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        svg text{fill:var(--text)}svg .tick,svg .name{fill:var(--soft);font-size:11px}svg .main{font-weight:700}
        svg .ground{fill:var(--ground)}svg .grid{stroke:var(--line);stroke-width:1}svg .axis{stroke:var(--axis);stroke-width:1}
        svg .mark{stroke:var(--axis);stroke-width:1.2;stroke-dasharray:4 4}
        svg .line{fill:none;stroke-width:2;stroke-linejoin:round}svg .thin{stroke-width:1.5}
        svg .s0{stroke:var(--s0)}svg .s1{stroke:var(--s1);stroke-dasharray:7 3}svg .s2{stroke:var(--s2);stroke-dasharray:2 2.5}
        svg .s3{stroke:var(--s3);stroke-dasharray:9 3 2 3}svg .s4{stroke:var(--s4);stroke-dasharray:14 4}svg .s5{stroke:var(--s5);
        stroke-dasharray:5 2 1 2 1 2}
        svg .whisker{stroke:var(--soft);stroke-width:1.6}svg line.main{stroke:var(--s0);stroke-width:2.4}
        svg .dot{fill:var(--soft)}svg rect.dot{fill:var(--s0)}svg .band{fill:var(--s1);fill-opacity:.18}
        svg .cell{stroke:var(--line);stroke-width:.5}svg .right{fill:var(--right)}svg .wrong{fill:var(--wrong)}
        svg .diagonal{fill:none;stroke:var(--axis);stroke-width:.8}svg .count.dark{fill:var(--on);font-weight:600}
        svg .cross{fill:none;stroke:var(--wrong);stroke-width:1.8}svg .for{fill:var(--s0)}svg .against{fill:var(--s1)}

        """;

    /// <summary>The style of the page.</summary>
    public const string Page = """
        *{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
        header,main,nav,footer{max-width:68rem;margin:0 auto;padding:0 1rem}
        h1{font-size:1.7rem;line-height:1.25;margin:1.5rem 0 .5rem}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;
        border-bottom:1px solid var(--line)}
        h3{font-size:1.05rem;margin:1.2rem 0 .4rem}p{margin:.5rem 0;max-width:46rem}.verdict{font-size:1.15rem;max-width:50rem}
        .note{color:var(--soft);font-size:.92rem}a{color:var(--s0)}
        .skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.3rem .6rem;z-index:1}
        nav ol{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;list-style:none;margin:.6rem 0}
        .wide{overflow-x:auto;max-width:100%}.wide:focus-visible{outline:2px solid var(--s0)}
        table{border-collapse:collapse;margin:.6rem 0;font-size:.92rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);padding:.2rem 0}th,td{padding:.28rem .7rem;border-bottom:1px solid var(--line);
        text-align:left;
        vertical-align:top;overflow-wrap:break-word}td.n,th.n{text-align:right;white-space:nowrap}
        thead th{border-bottom:2px solid var(--axis)}
        th[scope=row]{font-weight:600;min-width:9rem;max-width:22rem;overflow-wrap:anywhere}tr.main th,tr.main td{font-weight:700}
        .limits{color:var(--soft);font-weight:400;font-size:.86rem;display:block}
        .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1rem 2rem;align-items:start}
        .cases{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1rem}
        figure{margin:.5rem 0}.cases figure{background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.7rem;margin:0}
        figcaption{font-size:.92rem;margin-bottom:.4rem}figcaption b{display:block}
        .sign{font-weight:700}.sign.no{color:var(--wrong)}.sign.yes{color:var(--s2)}
        ul.warnings{padding:0;list-style:none;max-width:50rem}ul.warnings li{background:var(--warn);border-left:4px solid var(--s4);
        padding:.5rem .8rem;margin:.5rem 0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0}
        pre{background:var(--panel);border:1px solid var(--line);padding:.7rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.88rem}
        blockquote{margin:.4rem 0;padding-left:.7rem;border-left:3px solid var(--line)}footer{color:var(--soft);font-size:.88rem;
        margin:3rem auto 2rem}
        @media (max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}h1{font-size:1.4rem}th,td{padding:.25rem .45rem}}
        @media print{nav,.skip{display:none}body{font-size:10.5pt}h2{break-after:avoid}figure,tr,.cases figure{break-inside:avoid}
        .wide{overflow:visible}
        .cases{grid-template-columns:repeat(3,1fr)}.two{grid-template-columns:1fr 1fr}a{color:inherit;text-decoration:none}}

        """;
}
