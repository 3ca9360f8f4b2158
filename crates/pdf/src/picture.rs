//! Charts as pictures.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::PdfError;
use crate::fonts::Fonts;

/// The longest side of a picture, in pixels.
const MOST: u32 = 8_192;

/// An SVG as a PNG, `width` pixels wide and as high as that makes it. It must bring its colours and,
/// where it is not to be seen through, its ground: see `report::chart::Chart::picture`.
///
/// # Errors
/// [`PdfError::Svg`] where it is none; [`PdfError::Size`] where the picture would have no pixels, or
/// too many.
pub fn picture(svg: &str, width: u32) -> Result<Vec<u8>, PdfError> {
    picture_in(Fonts::embedded(), svg, width)
}

pub(crate) fn picture_in(fonts: &Fonts, svg: &str, width: u32) -> Result<Vec<u8>, PdfError> {
    let tree = usvg::Tree::from_str(svg, &options(fonts))
        .map_err(|error| PdfError::Svg(error.to_string()))?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    let size = || PdfError::Size {
        width,
        height,
        most: MOST,
    };
    if width > MOST || height > MOST {
        return Err(size());
    }
    let mut pixels = Pixmap::new(width, height).ok_or_else(size)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| PdfError::Svg(error.to_string()))
}

/// Our fonts, and nothing from outside of the text.
fn options(fonts: &Fonts) -> usvg::Options<'static> {
    usvg::Options {
        resources_dir: None,
        font_family: fonts.families().first().cloned().unwrap_or_default(),
        fontdb: fonts.database().clone(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}
