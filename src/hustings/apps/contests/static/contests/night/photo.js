// @ts-check
/** A photograph of a sheet, small enough to send over a bad line and large enough to read. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.75;

/** @param {Blob} file @returns {Promise<Blob | null>} null where it is no picture */
export async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * share));
    canvas.height = Math.max(1, Math.round(picture.height * share));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  } catch {
    return null;
  }
}
