// @ts-check
/**
 * Where this phone is, asked once, because somebody tapped on it.
 *
 * The only place that asks. It hands the answer back and keeps nothing of it; whoever asked draws a dot and
 * forgets it with the screen. Nothing of it is written down or sent: this module knows neither store nor server.
 *
 * @returns {Promise<{ lon: number, lat: number, metres: number } | "no" | "unknown">} no: it may not be asked; unknown: the phone does not know
 */
export function whereAmI() {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve("unknown");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, metres: coords.accuracy }),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? "no" : "unknown"),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    );
  });
}
