using System.Globalization;
using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>The files of a site, made of its text: pages, a log of each month, style sheets, scripts and pictures.</summary>
internal static class SiteContent
{
    public static IReadOnlyList<ObjectPlan> Of(SiteText site, Func<string, Dice> diceFor)
    {
        var dice = diceFor($"site/{site.Domain}");
        var logs = Enumerable.Range(0, 36).Select(month => new DateTime(2023, 3, 1).AddMonths(month)).ToList();
        return
        [
            .. site.Topics.Select(topic => Page(site, topic == "index" ? "index.html" : $"{topic}.html", Capital(topic), dice)),
            .. logs.Select(month => Page(site, $"log/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.html",
                $"Log of {month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", dice)),
            .. logs.Select(month => Cached(ObjectPlan.Bytes($"img/log/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.png", Picture.Png(dice, 24, 18)))),
            Page(site, "404.html", "Off the chart", dice),
            .. site.Topics.Select(topic => Cached(ObjectPlan.Bytes($"img/{topic}.png", Picture.Png(dice, 40, 28)))),
            Cached(ObjectPlan.Words("img/logo.svg", Picture.Svg(dice, site.Title, site.Accent))),
            Cached(ObjectPlan.Words("css/site.css", StyleSheet(site))),
            Cached(ObjectPlan.Words("css/print.css", "nav, form { display: none }\nbody { font: 11pt/1.4 Georgia, serif }\n")),
            Cached(ObjectPlan.Words("js/site.js", Script(site))),
            Cached(ObjectPlan.Words("js/booking.js", BookingScript(site))),
            new ObjectPlan("book", ReadOnlyMemory<byte>.Empty, "text/html").With("x-amz-website-redirect-location", "https://book.sailjada.com/"),
            ObjectPlan.Words("robots.txt", $"User-agent: *\nAllow: /\nSitemap: https://{site.Domain}/sitemap.xml\n"),
            ObjectPlan.Words("sitemap.xml", SiteMap(site)),
            ObjectPlan.Words("site.webmanifest", $$"""{"name":"{{site.Title}}","theme_color":"{{site.Accent}}","display":"browser"}""" + "\n"),
        ];
    }

    /// <summary>A sub-site: a few pages about one event.</summary>
    public static IReadOnlyList<ObjectPlan> OfEvent(string domain, Func<string, Dice> diceFor)
    {
        var site = new SiteText(domain, Capital(domain.Split('.')[0]), $"An evening with JADA at {domain}", "#2c3e50",
            ["index", "lineup", "tickets", "boarding", "faq", "thanks"]);
        var dice = diceFor($"site/{domain}");
        return
        [
            .. site.Topics.Select(topic => Page(site, $"{topic}.html", Capital(topic), dice)),
            .. site.Topics.Select(topic => Cached(ObjectPlan.Bytes($"img/{topic}.png", Picture.Png(dice, 32, 24)))),
            Cached(ObjectPlan.Words("css/site.css", StyleSheet(site))),
            Cached(ObjectPlan.Words("js/site.js", Script(site))),
            ObjectPlan.Words("robots.txt", "User-agent: *\nDisallow: /thanks.html\n"),
        ];
    }

    private static ObjectPlan Page(SiteText site, string key, string title, Dice dice)
    {
        var navigation = string.Join("\n      ", site.Topics.Take(8).Select(topic => $"""<a href="/{(topic == "index" ? "" : topic + ".html")}">{Capital(topic)}</a>"""));
        var text = string.Join("\n    ", Enumerable.Range(0, dice.Next(3, 7)).Select(_ => $"<p>{dice.Pick(SiteText.Sentences)}</p>"));
        return ObjectPlan.Words(key, $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>{title} · {site.Title}</title>
              <meta name="description" content="{site.Tagline}">
              <link rel="canonical" href="https://{site.Domain}/{key}">
              <link rel="stylesheet" href="/css/site.css">
              <script src="/js/site.js" defer></script>
            </head>
            <body>
              <header>
                <img src="/img/logo.svg" alt="{site.Title}" width="48" height="48">
                <nav>
                  {navigation}
                </nav>
              </header>
              <main>
                <h1>{title}</h1>
                {text}
                <a class="button" href="/contact.html">Book a sail from ${dice.Next(79, 350)}</a>
              </main>
              <footer>© JADA Sailing, San Diego Bay · {site.Tagline}</footer>
            </body>
            </html>

            """).With("Cache-Control", "max-age=300, must-revalidate").With("x-amz-meta-release", $"2026.02.{dice.Next(1, 28)}");
    }

    private static ObjectPlan Cached(ObjectPlan plan) => plan.With("Cache-Control", "public, max-age=31536000, immutable");

    private static string StyleSheet(SiteText site) => $$"""
        :root { --accent: {{site.Accent}}; --deep: #15324a; --foam: #eaf4fb }
        body { margin: 0; font: 17px/1.6 system-ui, sans-serif; color: var(--deep); background: var(--foam) }
        header, footer { padding: 1rem 2rem; background: #fff }
        nav a { margin-right: 1rem; color: var(--accent); text-decoration: none }
        main { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
        .button { display: inline-block; padding: .7rem 1.4rem; background: var(--accent); color: #fff; border-radius: .3rem }

        """;

    private static string Script(SiteText site) => $$"""
        'use strict';
        const site = '{{site.Domain}}';
        document.querySelectorAll('nav a').forEach(link => {
          if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
        });
        navigator.sendBeacon?.(`https://api.${site}/seen`, location.pathname);

        """;

    private static string BookingScript(SiteText site) => $$"""
        'use strict';
        export async function book(form) {
          const answer = await fetch('https://api.{{site.Domain}}/bookings', { method: 'POST', body: new FormData(form) });
          if (!answer.ok) throw new Error(`The booking was not taken: ${answer.status}`);
          location.assign('/thanks.html');
        }

        """;

    private static string SiteMap(SiteText site)
    {
        var map = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        foreach (var topic in site.Topics) map.Append(CultureInfo.InvariantCulture, $"  <url><loc>https://{site.Domain}/{topic}.html</loc></url>\n");
        return map.Append("</urlset>\n").ToString();
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
