namespace VaultConformance.Browser.Tests.Support;

/// <summary>Finds text whose contrast with what is behind it is below 4.5 to 1, the limit of WCAG level AA.</summary>
internal static class ContrastScript
{
    public const string Text = """
        (() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = rgba(getComputedStyle(at).backgroundColor);
              if (colour[3] === 255) return colour;
            }
            return [255, 255, 255, 255];
          };
          const texts = [...document.querySelectorAll('body *')].filter(element =>
            element.checkVisibility() && !element.closest('.unseen, svg, .skip') && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
          return [...new Set(texts.flatMap(element => {
            const [one, other] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
            const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            return contrast < 4.5 ? [`${element.tagName}.${element.className} in ${element.parentElement.className}: ${contrast.toFixed(2)}`] : [];
          }))];
        })()
        """;
}
